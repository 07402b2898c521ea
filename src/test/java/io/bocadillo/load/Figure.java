package io.bocadillo.load;

import io.bocadillo.containers.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the tests measure: each has a row in docs/reliability.md, which {@code target/load-figures.txt} is copied to. */
public enum Figure {
    UPLOAD("2 GB uploaded as a stream, `-Xmx64m`"),
    GENERATED_DOWNLOAD("2 GB downloaded as they are made, `-Xmx64m`"),
    FILE_DOWNLOAD("2 GB downloaded from a file, 5 s of it at 2 MB/s, `-Xmx64m`"),
    MULTIPART_UPLOAD("1 GB uploaded in a multipart form, `-Xmx64m`"),
    SLOW_BODIES("a fresh `GET` among 2,000 slow bodies"),
    SLOW_READERS("a fresh `GET` among 1,000 clients that read 100 MB at 1 KB/s"),
    BROADCAST("an event to 5,000 clients, on one core"),
    RESET_UPLOADS("1,000 resets in uploads: until all subscribers know"),
    RESET_DOWNLOADS("1,000 resets in downloads: until all sources are closed"),
    RESET_FEEDS("1,000 resets in event streams: until all are closed"),
    FULL_DISK("an upload that does not fit on the disk"),
    END_RACES("10,000 rounds of races at the end of an exchange");

    private static final Path FILE = Path.of("target", "load-figures.txt");

    private final String row;

    Figure(String row) {
        this.row = row;
    }

    /** The first cell of its row. */
    public String row() {
        return row;
    }

    void is(Container container, String measured) throws IOException {
        String line = row + " | " + container + " | " + measured;
        System.out.println(line);
        Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
