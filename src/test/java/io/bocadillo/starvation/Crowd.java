package io.bocadillo.starvation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Slow clients, all of them on one thread; every other is silent after the opening, the others send a byte a second. */
public final class Crowd implements AutoCloseable {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLIS_BETWEEN_CONNECTS = 2;

    private final List<SlowClient> clients = new CopyOnWriteArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private final Selector selector = Selector.open();
    private final Thread thread;
    private volatile boolean closed;

    /** Lets so many clients come one after the other, with those bodies in turn. */
    public Crowd(int port, int count, SlowBody... bodies) throws IOException {
        thread = new Thread(() -> run(port, count, bodies), "slow clients");
        thread.start();
    }

    /** Whether the connections of all have ended. */
    public boolean hasLeft() {
        return !thread.isAlive();
    }

    /** What went otherwise than it should, with the number of clients it happened to. */
    public Map<String, Long> complaints(long patienceMillis, long boundMillis) {
        return clients.stream()
                .map(client -> client.complaint(patienceMillis, boundMillis))
                .filter(complaint -> !complaint.isEmpty())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        thread.join();
        for (SlowClient client : clients) {
            client.close();
        }
        selector.close();
    }

    private void run(int port, int count, SlowBody... bodies) {
        try {
            for (int i = 0; i < count; i++) {
                boolean silent = i / bodies.length % 2 == 1;
                clients.add(new SlowClient(port, bodies[i % bodies.length], silent, selector));
                receive(MILLIS_BETWEEN_CONNECTS);
            }
            long begun = System.nanoTime();
            long sent = 0;
            while (!closed && !clients.stream().allMatch(SlowClient::hasEnded)) {
                receive(MILLIS_BETWEEN_CONNECTS);
                for (long due = (System.nanoTime() - begun) * count / SECOND; sent < due; sent++) {
                    clients.get((int) (sent % count)).dribble();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void receive(long millis) throws IOException {
        selector.select(key -> ((SlowClient) key.attachment()).receive(buffer), millis);
    }
}
