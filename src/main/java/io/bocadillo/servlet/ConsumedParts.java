package io.bocadillo.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form that a container has taken apart for a filter, put together again (RFC 2046, section 5.1.1), so that
 * one parser with one set of limits reads every form.
 */
final class ConsumedParts extends InputStream {

    private final String boundary;
    private final Charset charset;
    private final Iterator<Supplier<InputStream>> streams;
    private @Nullable InputStream current;

    /** Makes the document, whose parts are opened one after the other. */
    ConsumedParts(HttpServletRequest request, String boundary) throws IOException, ServletException {
        this.boundary = boundary;
        this.charset = charset(request);
        Stream<Supplier<InputStream>> parts = request.getParts().stream().flatMap(this::streams);
        this.streams = Stream.concat(parts, Stream.of(() -> bytes("--" + boundary + "--\r\n")))
                .iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (current != null || streams.hasNext()) {
            InputStream open = current == null ? streams.next().get() : current;
            current = open;
            int read = open.read(bytes, offset, length);
            if (read >= 0) {
                return read;
            }
            close();
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        InputStream open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }

    private Stream<Supplier<InputStream>> streams(Part part) {
        StringBuilder head = new StringBuilder("--").append(boundary).append("\r\n");
        for (String name : part.getHeaderNames()) {
            for (String value : part.getHeaders(name)) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        }
        String whole = head.append("\r\n").toString();
        return Stream.of(() -> bytes(whole), () -> content(part), () -> bytes("\r\n"));
    }

    private static InputStream content(Part part) {
        try {
            return part.getInputStream();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }

    /** What the container has decoded header fields with, to bring back the octets that were sent. */
    private static Charset charset(HttpServletRequest request) {
        String declared = request.getCharacterEncoding();
        if (declared != null && Charset.isSupported(declared)) {
            return Charset.forName(declared);
        }
        return Container.of(request) == Container.UNDERTOW ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }
}
