package io.bocadillo.war;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;

/** A process of a distribution, with all that it logs. */
final class RunningServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final Distribution distribution;
    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final Thread reader = new Thread(this::readLog, "log");

    private RunningServer(Distribution distribution, Process process) {
        this.distribution = distribution;
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it, and returns when it has said that its applications are there. */
    static RunningServer start(Distribution distribution, Path base) throws Exception {
        RunningServer server = new RunningServer(
                distribution,
                distribution.process(base).redirectErrorStream(true).start());
        try {
            server.started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (Exception failure) {
            server.close();
            throw new AssertionError(distribution + " did not start:\n" + String.join("\n", server.log), failure);
        }
    }

    int port() {
        return port.join();
    }

    /** Everything logged so far, a line each. */
    List<String> log() {
        return log;
    }

    /** Asks the process to end, by its handle: that leaves the log open, and waits until it has ended. */
    void stop() throws InterruptedException, TimeoutException {
        process.toHandle().destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(distribution + " did not end");
        }
        reader.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher listening = distribution.listening().matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
                if (distribution.started().matcher(line).find()) {
                    started.complete(null);
                }
            }
        } catch (IOException failure) {
            log.add(failure.toString());
        }
        started.completeExceptionally(new IllegalStateException("the process ended"));
    }
}
