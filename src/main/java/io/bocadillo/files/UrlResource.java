package io.bocadillo.files;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarEntry;

/**
 * What a class loader or a server names by a URL, such as an entry of a jar, as it was when it was looked at.
 *
 * <p>It has no random access: it is read once, from its start on, up to the end of what is wanted.
 */
public final class UrlResource implements Resource {

    private final URL url;
    private final long length;
    private final Instant changed;
    private final String fingerprint;
    private volatile boolean isReplaced;

    private UrlResource(URL url, long length, Instant changed, String fingerprint) {
        this.url = url;
        this.length = length;
        this.changed = changed;
        this.fingerprint = fingerprint;
    }

    /**
     * Looks at it, which blocks as a disk does.
     *
     * <p>An entry of a jar is told apart by its length and checksum, the same on all servers; and it was changed when its
     * jar was, because many builds give all entries one date of long ago.
     *
     * @return empty if it is not there, a folder, or of unknown length
     */
    public static Optional<UrlResource> of(URL url) throws IOException {
        URLConnection connection = connect(url);
        try (Closeable opened =
                connection instanceof JarURLConnection inJar ? inJar.getJarFile() : connection.getInputStream()) {
            return look(url, connection);
        } catch (FileNotFoundException | NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The jar that it is an entry of, as it is now, if that is a file: as long as it is the same, so are its entries. */
    public static Optional<FileVersion> jarOf(URL url) throws IOException {
        if (connect(url) instanceof JarURLConnection inJar && isFile(inJar.getJarFileURL())) {
            try {
                return Optional.of(FileVersion.of(path(inJar.getJarFileURL())));
            } catch (NoSuchFileException gone) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean hasRandomAccess() {
        return false;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Instant changed() {
        return changed;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether somebody who opened it has met another version, or none: it is time to look again. */
    public boolean isReplaced() {
        return isReplaced;
    }

    @Override
    public Content open(boolean mayGrow) throws IOException {
        return new OpenStream(stream());
    }

    private InputStream stream() throws IOException {
        InputStream in = null;
        try {
            URLConnection connection = connect(url);
            in = connection.getInputStream();
            String now = look(url, connection).map(UrlResource::fingerprint).orElse("none");
            if (!now.equals(fingerprint)) {
                throw new FileSystemException(
                        url.toString(),
                        null,
                        "expected version " + fingerprint + ", got " + now + ". It was changed before it was sent.");
            }
            return in;
        } catch (IOException other) {
            isReplaced = true;
            if (in != null) {
                in.close();
            }
            throw other;
        }
    }

    /** What is open now. */
    private static Optional<UrlResource> look(URL url, URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection inJar) {
            JarEntry entry = inJar.getJarEntry();
            return entry == null || entry.isDirectory() || entry.getSize() < 0
                    ? Optional.empty()
                    : Optional.of(new UrlResource(
                            url,
                            entry.getSize(),
                            changed(inJar.getJarFileURL(), entry),
                            Fingerprint.of(entry.getSize(), entry.getCrc())));
        }
        long length = connection.getContentLengthLong();
        Instant changed = Instant.ofEpochMilli(connection.getLastModified());
        return length < 0
                ? Optional.empty()
                : Optional.of(new UrlResource(url, length, changed, Fingerprint.of(length, changed)));
    }

    /** Uncached: the JDK would keep the jar open for ever, and with it a web app that is gone. */
    private static URLConnection connect(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    private static Instant changed(URL jar, JarEntry entry) throws IOException {
        return isFile(jar) ? Files.getLastModifiedTime(path(jar)).toInstant() : Instant.ofEpochMilli(entry.getTime());
    }

    private static boolean isFile(URL url) {
        return url.getProtocol().equals("file");
    }

    private static Path path(URL file) throws IOException {
        try {
            return Path.of(file.toURI());
        } catch (URISyntaxException unescaped) {
            throw new IOException(unescaped);
        }
    }

    private static final class OpenStream implements Content {

        private final InputStream in;
        private long next;

        OpenStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            if (position < next) {
                throw new IllegalArgumentException("position: expected " + next + " or more, got '" + position + "'.");
            }
            in.skipNBytes(position - next);
            next = position;
            int count = in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            if (count > 0) {
                target.position(target.position() + count);
                next += count;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
