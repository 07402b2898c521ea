package io.bocadillo.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An app in a Java process of its own, and what it prints. */
public final class ChildJvm implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("runs at http://0\\.0\\.0\\.0:(\\d+)");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = new Thread(() -> {
            try (var lines = process.inputReader(UTF_8)) {
                lines.lines().forEach(output::add);
            } catch (IOException | UncheckedIOException ended) {
                output.add(ended.toString());
            }
        });
        reader.start();
    }

    static ChildJvm start(Class<?> main, Path javaHome, String port, String classPath) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        javaHome.resolve("bin/java").toString(), "-Xmx128m", "-cp", classPath, main.getName())
                .redirectErrorStream(true);
        builder.environment().put("PORT", port);
        return new ChildJvm(builder.start());
    }

    /** At a free port. */
    public static ChildJvm start(Class<?> main) throws IOException {
        return start(main, Path.of(System.getProperty("java.home")), "0", System.getProperty("java.class.path"));
    }

    Process process() {
        return process;
    }

    /** All that was printed, once the process has ended. */
    String outputAtTheEnd() throws InterruptedException {
        process.waitFor(20, SECONDS);
        reader.join(SECONDS.toMillis(20));
        return String.join("\n", output);
    }

    /** The first line that has the text, as soon as it is there. */
    String await(String text) throws InterruptedException {
        long end = System.nanoTime() + SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            for (String line : output) {
                if (line.contains(text)) {
                    return line;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("expected '" + text + "', got " + output);
    }

    /** As soon as it listens. */
    public URI url(String path) throws InterruptedException {
        Matcher url = URL.matcher(await("runs at"));
        if (!url.find()) {
            throw new AssertionError("no URL in " + output);
        }
        return URI.create("http://127.0.0.1:" + url.group(1) + path);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
