package io.bocadillo.containers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads answers of HTTP/1.1 and takes no liberties (RFC 9112): what is malformed is a {@link ProtocolException}, what
 * breaks off an {@link EOFException}. A body that only the end of the connection delimits counts as malformed, because
 * no client could tell it from one that broke off.
 */
final class AnswerReader {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9]) [ -~]*");
    private static final Pattern FIELD_LINE = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,8}");

    private final InputStream in;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    Answer read(boolean toHead) throws IOException {
        String statusLine = line();
        Matcher matcher = STATUS_LINE.matcher(statusLine);
        if (!matcher.matches()) {
            throw new ProtocolException("expected a status line, got '" + statusLine + "'");
        }
        int status = Integer.parseInt(matcher.group(1));
        Answer head = new Answer(status, fields(), new byte[0]);
        return new Answer(status, head.headers(), body(head, toHead));
    }

    private byte[] body(Answer head, boolean toHead) throws IOException {
        String length = head.header("Content-Length");
        String coding = head.header("Transfer-Encoding");
        if (length != null && coding != null) {
            throw new ProtocolException("expected one framing, got two: " + head.headers());
        }
        if (toHead || head.status() == 304) {
            return new byte[0];
        }
        if (head.status() < 200 || head.status() == 204) {
            if (length != null || coding != null) {
                throw new ProtocolException("expected no framing with " + head.status() + ", got " + head.headers());
            }
            return new byte[0];
        }
        if (coding != null) {
            if (!coding.equals("chunked")) {
                throw new ProtocolException("expected chunked, got '" + coding + "'");
            }
            return chunks();
        }
        if (length == null) {
            throw new ProtocolException("expected framing, got none: " + head.headers());
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            if (!CHUNK_SIZE.matcher(size).matches()) {
                throw new ProtocolException("expected the size of a chunk, got '" + size + "'");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                fields();
                return body.toByteArray();
            }
            body.write(exactly(length));
            if (!line().isEmpty()) {
                throw new ProtocolException("expected the end of a chunk");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("expected " + length + " bytes, got " + bytes.length);
        }
        return bytes;
    }

    private List<Map.Entry<String, String>> fields() throws IOException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher matcher = FIELD_LINE.matcher(line);
            if (!matcher.matches()) {
                throw new ProtocolException("expected a header, got '" + line + "'");
            }
            fields.add(Map.entry(matcher.group(1), matcher.group(2)));
        }
        return fields;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("expected a line, got '" + line.toString(StandardCharsets.ISO_8859_1) + "'");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new ProtocolException("expected CRLF, got a bare LF after '" + text + "'");
        }
        return text.substring(0, text.length() - 1);
    }
}
