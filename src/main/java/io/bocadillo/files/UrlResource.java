package io.bocadillo.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * What a class loader or a server names by a URL, such as an entry of a jar. It is taken to stay as it is.
 *
 * <p>It has no random access: who reads it backwards, for ranges out of their order, reads it once more from its start.
 */
public record UrlResource(URL url, long length, Instant changed, String fingerprint) implements Resource {

    /**
     * Looks at it, which blocks as a disk does.
     *
     * <p>An entry of a jar is told apart by its length and checksum, the same on all servers; and it was changed when its
     * jar was, because many builds give all entries one date of long ago.
     *
     * @return empty if it is a folder, or of unknown length
     */
    public static Optional<Resource> of(URL url) throws IOException {
        URLConnection connection = connect(url);
        if (connection instanceof JarURLConnection jarConnection) {
            try (JarFile jar = jarConnection.getJarFile()) {
                JarEntry entry = jarConnection.getJarEntry();
                return entry == null || entry.isDirectory() || entry.getSize() < 0
                        ? Optional.empty()
                        : Optional.of(new UrlResource(
                                url,
                                entry.getSize(),
                                changed(jarConnection.getJarFileURL(), entry),
                                entry.getSize() + "/" + entry.getCrc()));
            }
        }
        try (InputStream opened = connection.getInputStream()) {
            long length = connection.getContentLengthLong();
            Instant changed = Instant.ofEpochMilli(connection.getLastModified());
            return length < 0
                    ? Optional.empty()
                    : Optional.of(new UrlResource(url, length, changed, length + "/" + changed));
        }
    }

    @Override
    public Content open(boolean mayGrow) {
        return new OpenStream(url);
    }

    /** Uncached: the JDK would keep the jar open for ever, and with it a web app that is gone. */
    private static URLConnection connect(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    private static Instant changed(URL jar, JarEntry entry) throws IOException {
        if (jar.getProtocol().equals("file")) {
            try {
                return Files.getLastModifiedTime(Path.of(jar.toURI())).toInstant();
            } catch (URISyntaxException unescaped) {
                throw new IOException(unescaped);
            }
        }
        return Instant.ofEpochMilli(entry.getTime());
    }

    private static final class OpenStream implements Content {

        private final URL url;
        private @Nullable InputStream in;
        private long next;

        OpenStream(URL url) {
            this.url = url;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            InputStream open = in;
            if (open == null || position < next) {
                close();
                open = connect(url).getInputStream();
                in = open;
                next = 0;
            }
            open.skipNBytes(position - next);
            next = position;
            int count = open.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            if (count > 0) {
                target.position(target.position() + count);
                next += count;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
