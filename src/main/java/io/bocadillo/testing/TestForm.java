package io.bocadillo.testing;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form to send with a {@link TestClient}, as a browser would: multipart if there is a file, else urlencoded; for one
 * thread.
 *
 * <p>A line break in the name or the value of a field is sent as CRLF, whatever it was.
 */
public final class TestForm {

    private record Entry(
            String name, byte[] content, @Nullable String fileName, String contentType) {}

    private final String boundary = "----" + UUID.randomUUID();
    private final List<Entry> entries = new ArrayList<>();

    /** Adds a field, after those added earlier. */
    public TestForm field(String name, String value) {
        entries.add(new Entry(withCrlf(name), bytes(withCrlf(value)), null, ""));
        return this;
    }

    /** Adds a file, after what was added earlier. */
    public TestForm file(String name, String fileName, String contentType, byte[] content) {
        entries.add(new Entry(withCrlf(name), content.clone(), fileName, contentType));
        return this;
    }

    /** The {@code Content-Type} of the body. */
    public String contentType() {
        return isMultipart() ? "multipart/form-data; boundary=" + boundary : "application/x-www-form-urlencoded";
    }

    /** The body. */
    public byte[] body() {
        if (!isMultipart()) {
            return entries.stream()
                    .map(entry -> encoded(entry.name()) + "=" + encoded(text(entry.content())))
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.US_ASCII);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            body.writeBytes(bytes(
                    "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(entry.name()) + '"'));
            if (entry.fileName() != null) {
                body.writeBytes(bytes(
                        "; filename=\"" + quoted(entry.fileName()) + "\"\r\nContent-Type: " + entry.contentType()));
            }
            body.writeBytes(bytes("\r\n\r\n"));
            body.writeBytes(entry.content());
            body.writeBytes(bytes("\r\n"));
        }
        body.writeBytes(bytes("--" + boundary + "--\r\n"));
        return body.toByteArray();
    }

    private boolean isMultipart() {
        return entries.stream().anyMatch(entry -> entry.fileName() != null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As browsers write it (HTML standard, multipart/form-data encoding algorithm). */
    private static String quoted(String name) {
        return name.replace("\n", "%0A").replace("\r", "%0D").replace("\"", "%22");
    }

    /** HTML standard, "multipart/form-data encoding algorithm" and "convert to a list of name-value pairs". */
    private static String withCrlf(String text) {
        return text.replaceAll("\r\n|\r|\n", "\r\n");
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
