package io.bocadillo.load;

import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Clients that do something once a second each, all of them on one thread, evenly spread over the second. */
final class SlowCrowd implements AutoCloseable {

    private static final int CONNECTS_A_SECOND = 1000;

    /** What a client does each second. */
    interface Step {
        void take(Wire client) throws IOException;
    }

    private final List<Wire> clients = new ArrayList<>();
    private final Step step;
    private final CompletableFuture<Void> end;
    private volatile boolean closed;

    private SlowCrowd(ChildServer server, int count, IntFunction<String> opening, Step step) throws IOException {
        this.step = step;
        long turn = System.nanoTime();
        for (int i = 0; i < count; i++) {
            clients.add(Wire.withSmallWindow(server.port()).send(opening.apply(i)));
            turn = waitForTurn(turn, CONNECTS_A_SECOND);
        }
        end = CompletableFuture.runAsync(this::run, task -> new Thread(task, "slow crowd").start());
    }

    /** Returns when all have connected and sent their openings, by number. */
    static SlowCrowd connect(ChildServer server, int count, IntFunction<String> opening, Step step) throws IOException {
        return new SlowCrowd(server, count, opening, step);
    }

    /** Resets all connections; throws what has gone wrong with any. */
    @Override
    public void close() throws IOException {
        closed = true;
        end.join();
        for (Wire client : clients) {
            client.reset();
        }
    }

    private void run() {
        long turn = System.nanoTime();
        while (!closed) {
            for (Wire client : clients) {
                try {
                    step.take(client);
                } catch (IOException failure) {
                    throw new AssertionError("a slow client was let down", failure);
                }
                turn = waitForTurn(turn, clients.size());
            }
        }
    }

    private static long waitForTurn(long last, int turnsASecond) {
        long turn = last + TimeUnit.SECONDS.toNanos(1) / turnsASecond;
        LockSupport.parkNanos(turn - System.nanoTime());
        return turn;
    }
}
