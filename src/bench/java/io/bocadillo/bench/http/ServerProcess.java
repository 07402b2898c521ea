package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Connections;
import io.bocadillo.bench.server.Contender;
import io.bocadillo.bench.server.ServerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, set up for one core, which may use all of them until it is confined. */
final class ServerProcess implements AutoCloseable {

    private static final long LONGEST_WAIT_NANOS = 5_000_000_000L;
    private static final long REST_MILLIS = 200;

    /** More than one tick, which the question whether it rests may cost. */
    private static final double STILL_SECONDS = 1.5 / Machine.TICKS_PER_SECOND;

    private final Contender contender;
    private final Process process;
    private final BufferedReader output;
    private final int port;

    private ServerProcess(Contender contender, Process process, BufferedReader output, int port) {
        this.contender = contender;
        this.process = process;
        this.output = output;
        this.port = port;
    }

    static ServerProcess start(Contender contender, int middleware) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Options.java());
        command.addAll(Options.jvmArguments());
        command.add("-XX:ActiveProcessorCount=1");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
        command.addAll(List.of(contender.toString(), String.valueOf(middleware), Options.threads()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = new BufferedReader(process.inputReader(StandardCharsets.US_ASCII));
        return new ServerProcess(contender, process, output, Integer.parseInt(line(contender, output)));
    }

    /** Has one core from here on. */
    void confine(Cores cores) throws IOException, InterruptedException {
        cores.toServerCore(process);
    }

    Contender contender() {
        return contender;
    }

    int port() {
        return port;
    }

    /** What is left after a collection, in heap and direct buffers. */
    long usedBytes() throws IOException {
        return Long.parseLong(ask(ServerMain.MEMORY));
    }

    Connections connections() throws IOException {
        return Connections.parse(ask(ServerMain.CONNECTIONS));
    }

    /** Waits, for some seconds at most, until it has seen all but so many clients go, and has nothing left to do. */
    void awaitRest(long open) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        double before;
        do {
            before = cpuSeconds();
            Thread.sleep(REST_MILLIS);
        } while (System.nanoTime() < end
                && (cpuSeconds() - before > STILL_SECONDS || connections().open() > open));
    }

    /** The time that it has had on its core, of the process and of the system for it. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / Machine.TICKS_PER_SECOND;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String ask(String question) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((question + "\n").getBytes(StandardCharsets.US_ASCII));
        input.flush();
        return line(contender, output);
    }

    private static String line(Contender contender, BufferedReader output) throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("server " + contender + ": expected a line, got the end of its output.");
        }
        return line;
    }
}
