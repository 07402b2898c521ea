package io.bocadillo.load;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients that send a body at one byte a second each, all of them on one thread, evenly spread over the second. */
final class SlowClients implements AutoCloseable {

    private static final int BODY_LENGTH = 100;
    private static final String HEAD =
            "POST /uploads HTTP/1.1\r\nHost: test\r\nContent-Length: " + BODY_LENGTH + "\r\n\r\n";

    private final List<Wire> clients = new ArrayList<>();
    private final Thread thread = new Thread(this::dribble, "slow clients");
    private final CountDownLatch begun = new CountDownLatch(1);
    private final long pace;
    private long turn = System.nanoTime();
    private volatile boolean dribbling = true;
    private volatile int sent;

    private SlowClients(int count, int port) {
        pace = TimeUnit.SECONDS.toNanos(1) / count;
        for (int i = 0; i < count; i++) {
            clients.add(new Wire(port));
            waitForTurn();
        }
    }

    /** Connects them all, and returns when each has sent its head and its first byte. */
    static SlowClients connect(int count, int port) throws InterruptedException {
        SlowClients clients = new SlowClients(count, port);
        clients.thread.start();
        clients.begun.await();
        return clients;
    }

    /** Lets them send the rest of their bodies at once, and returns what each is answered. */
    List<String> finish() throws IOException, InterruptedException {
        stop();
        List<String> answers = new ArrayList<>();
        for (Wire client : clients) {
            client.send("x".repeat(BODY_LENGTH - sent));
        }
        for (Wire client : clients) {
            Answer answer = client.read();
            answers.add(answer.status() + " " + answer.text());
        }
        return answers;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        for (Wire client : clients) {
            client.close();
        }
    }

    static String wholeAnswer() {
        return "200 " + BODY_LENGTH + " bytes";
    }

    private void stop() throws InterruptedException {
        dribbling = false;
        thread.join();
    }

    private void dribble() {
        try {
            sendEach(HEAD);
            while (dribbling) {
                sendEach("x");
                sent++;
                begun.countDown();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void sendEach(String octets) throws IOException {
        for (Wire client : clients) {
            client.send(octets);
            waitForTurn();
        }
    }

    private void waitForTurn() {
        turn += pace;
        LockSupport.parkNanos(turn - System.nanoTime());
    }
}
