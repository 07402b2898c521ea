package io.bocadillo.servlet;

import io.bocadillo.Request;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A body that middleware has taken before a mounted servlet, which gets it once more: its bytes, and the fields of a form. */
final class TakenBody {

    /** Null if it was taken apart as a multipart form. */
    private final byte @Nullable [] bytes;

    private final Map<String, List<String>> fields;
    private @Nullable Replay stream;
    private @Nullable BufferedReader reader;

    private TakenBody(byte @Nullable [] bytes, Map<String, List<String>> fields) {
        this.bytes = bytes;
        this.fields = fields;
    }

    /** As soon as all of it is there. */
    static CompletionStage<TakenBody> of(Request req) {
        String type = req.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return req.whenBody()
                    .thenCompose(bytes -> req.whenForm().thenApply(form -> new TakenBody(bytes, form.fields())));
        }
        if (!type.startsWith("multipart/form-data")) {
            return req.whenBody().thenApply(bytes -> new TakenBody(bytes, Map.of()));
        }
        return req.whenForm().thenApply(form -> new TakenBody(null, form.fields()));
    }

    static IllegalStateException taken() {
        return new IllegalStateException("body of a mounted servlet: expected to be unread, got a multipart form that a"
                + " middleware has taken apart. Let the middleware leave it, or take its fields as parameters.");
    }

    /** The same one for everybody; {@link IllegalStateException} if there is a reader (Javadoc of {@code ServletRequest}). */
    ServletInputStream stream() {
        if (reader != null) {
            throw taken("getInputStream()", "getReader()");
        }
        if (stream == null) {
            stream = new Replay(bytes());
        }
        return stream;
    }

    /**
     * The same one for everybody; {@link IllegalStateException} if there is a stream (Javadoc of {@code ServletRequest}).
     *
     * @param encoding null for that of the specification (Servlet 6.0, section 3.12)
     */
    BufferedReader reader(@Nullable String encoding) throws UnsupportedEncodingException {
        if (stream != null) {
            throw taken("getReader()", "getInputStream()");
        }
        if (reader == null) {
            String charset = encoding == null ? "ISO-8859-1" : encoding;
            reader = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes()), charset));
        }
        return reader;
    }

    private byte[] bytes() {
        if (bytes == null) {
            throw taken();
        }
        return bytes;
    }

    private static IllegalStateException taken(String asked, String before) {
        return new IllegalStateException("body of a mounted servlet: expected to be taken in one way, got '" + asked
                + "' after '" + before + "'. Call one of them.");
    }

    /** Those of the query, and behind them those of the form (Servlet 6.0, section 3.1). */
    Map<String, String[]> parameters(Map<String, String[]> query) {
        Map<String, String[]> all = new LinkedHashMap<>(query);
        fields.forEach((name, values) -> all.merge(name, values.toArray(String[]::new), (before, more) -> {
            String[] both = new String[before.length + more.length];
            System.arraycopy(before, 0, both, 0, before.length);
            System.arraycopy(more, 0, both, before.length, more.length);
            return both;
        }));
        return Collections.unmodifiableMap(all);
    }

    /** It is in memory, so it is ready at any time. */
    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream in;

        Replay(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            try {
                if (!isFinished()) {
                    listener.onDataAvailable();
                }
                if (isFinished()) {
                    listener.onAllDataRead();
                }
            } catch (IOException | RuntimeException failure) {
                listener.onError(failure);
            }
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, length);
        }

        @Override
        public int available() {
            return in.available();
        }
    }
}
