package io.bocadillo.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bocadillo.App;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.TemporaryFolder;
import io.bocadillo.containers.Wire;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A server in a process of its own, as the system sees it: threads, open files, memory. */
final class ChildServer implements AutoCloseable {

    /** Of 100 a second. */
    private static final int CALM_TICKS = 30;

    private final Process process;
    private final Path folder;
    private final Path temporaryFiles;
    private final Path log;
    private final int port;

    private ChildServer(Process process, Path folder, Path temporaryFiles, Path log, int port) {
        this.process = process;
        this.folder = folder;
        this.temporaryFiles = temporaryFiles;
        this.log = log;
        this.port = port;
    }

    /** Starts the app with those options of the JVM; it is to have {@link Gauges}. */
    static ChildServer start(Container container, Class<? extends Supplier<App>> app, String... options)
            throws IOException {
        Path folder = Files.createTempDirectory("load");
        return start(container, app, folder, Files.createDirectory(folder.resolve("tmp")), List.of(), options);
    }

    /** Starts the app with {@code temporaryFiles} for its temporary files, by a command before that of the JVM. */
    static ChildServer start(
            Container container,
            Class<? extends Supplier<App>> app,
            Path folder,
            Path temporaryFiles,
            List<String> before,
            String... options)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(options));
        command.add("-Djava.io.tmpdir=" + temporaryFiles);
        for (String property : List.of("bocadillo.classes", "bocadillo.testClasses", "bocadillo.containers")) {
            command.add("-D" + property + "=" + System.getProperty(property));
        }
        command.add("-cp");
        command.add(System.getProperty("bocadillo.classes")
                + File.pathSeparator
                + System.getProperty("bocadillo.testClasses"));
        command.addAll(List.of(ServerProcess.class.getName(), container.name(), app.getName()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path log = folder.resolve("target/container-logs/" + container + ".log");
        String port = new BufferedReader(process.inputReader(UTF_8)).readLine();
        if (port == null) {
            throw new IOException("expected the port of " + container + ", got the end of its process");
        }
        return new ChildServer(process, folder, temporaryFiles, log, Integer.parseInt(port));
    }

    int port() {
        return port;
    }

    Wire connect() {
        return new Wire(port);
    }

    /** What the server answers to a {@code GET} of that path on a fresh connection. */
    String ask(String path) throws IOException {
        return Wire.ask(port, "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
                .text();
    }

    long number(String path) throws IOException {
        return Long.parseLong(ask(path));
    }

    long openExchanges() throws IOException {
        return number("/open");
    }

    long threads() throws IOException {
        return status("Threads");
    }

    long openFiles() throws IOException {
        return entries(Path.of("/proc", String.valueOf(process.pid()), "fd")).size();
    }

    /** The most memory that the process has ever had, all of it: heap, stacks, buffers, code. */
    long peakMegabytes() throws IOException {
        return status("VmHWM") / 1024;
    }

    long megabytes() throws IOException {
        return status("VmRSS") / 1024;
    }

    /** Waits until what a crowd has set off is done: the sockets of the system take megabytes for each reader at first. */
    void awaitCalm(int atMostSeconds) throws Exception {
        long[] last = {cpuTicks()};
        Await.until(
                "processor time in a second",
                atMostSeconds,
                () -> {
                    Thread.sleep(TimeUnit.SECONDS.toMillis(1));
                    long before = last[0];
                    last[0] = cpuTicks();
                    return last[0] - before;
                },
                ticks -> ticks <= CALM_TICKS);
    }

    List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(temporaryFiles)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("hsperfdata"))
                    .toList();
        }
    }

    /** The errors in the log, but those that Undertow itself logs when it closes the answer to a client that has gone. */
    List<String> errors() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.matches("(\\[.*?] )?ERROR .*"))
                .filter(line -> !line.contains("io.undertow.request.io - UT005088"))
                .toList();
    }

    /** Ends the process, and removes what it leaves behind; its log stays if there is an error in it. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (!errors().isEmpty()) {
            return;
        }
        new TemporaryFolder(folder).close();
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** User and system time; see proc(5). */
    private long cpuTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
