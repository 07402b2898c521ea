package io.bocadillo.parity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** A file on the disk, and how to ask for it. */
record ServedFile(Path file) {

    /** So long ago that the file's tag is a strong one. */
    static final String CHANGED = "Mon, 02 Sep 2024 10:00:00 GMT";

    static final String BEFORE = "Mon, 02 Sep 2024 09:59:59 GMT";

    /** Makes a file with a content like that of {@link Bytes#pattern}. */
    static ServedFile of(Path file, int size) throws IOException {
        Files.write(file, Bytes.pattern(size));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
        return new ServedFile(file);
    }

    /** Makes a file of more than the buffers between server and client hold, and of hardly anything on the disk. */
    static ServedFile huge(Path file) throws IOException {
        ServedFile huge = new ServedFile(file);
        huge.setLength(256L * 1024 * 1024);
        return huge;
    }

    void setLength(long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    String path() {
        return "/file?at=" + at();
    }

    /** Its place, for a query. */
    String at() {
        return URLEncoder.encode(file.toString(), UTF_8);
    }
}
