package io.bocadillo.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The log file of a container: {@code [thread] WARN io.bocadillo...}, the thread only if the logger shows it, a record a
 * line, then its stack trace if it has one.
 */
public final class ContainerLog {

    private final Path file;

    ContainerLog(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path file() {
        return file;
    }

    /** How much there is by now, for {@link #since}. */
    public long mark() {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What was logged after the mark. */
    public String since(long mark) {
        try {
            byte[] all = Files.readAllBytes(file);
            return new String(all, (int) mark, all.length - (int) mark, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The records of that level after the mark, without their stack traces. */
    public List<String> since(long mark, String level) {
        return since(mark)
                .lines()
                .filter(line -> line.matches("(\\[.*?] )?" + level + " .*"))
                .toList();
    }
}
