package io.bocadillo.multipart;

import io.bocadillo.multipart.PartReader.Token;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Pushes the parts of a {@code multipart/form-data} document (RFC 7578, RFC 2046, section 5.1) into a handler, as fast
 * as it is fed.
 *
 * <pre>
 *   READY ── end, anything thrown ──▶ ENDED
 * </pre>
 *
 * <p>However the document is cut into buffers, the handler sees the same parts. Content is handed out as slices of what
 * was fed, never copied. Strict where readers could differ: lines end with CRLF, a header field has one line, a
 * delimiter stands alone on its line. Not safe for use by several threads at once.
 */
public final class MultipartParser {

    private final PartReader reader;
    private final PartHandler handler;
    private boolean ended;

    /**
     * Creates a parser for one document.
     *
     * @param boundary what {@link Boundary#in} has found
     * @throws MultipartException 400 for an invalid boundary
     */
    public MultipartParser(String boundary, Limits limits, PartHandler handler) {
        this.reader = new PartReader(boundary, limits);
        this.handler = handler;
    }

    /**
     * Parses all bytes that remain.
     *
     * @throws MultipartException if the document is malformed or beyond a limit
     * @throws IOException if the handler throws it
     * @throws IllegalStateException after the end or a failure
     */
    public void feed(ByteBuffer bytes) throws IOException {
        checkOpen();
        ended = true;
        for (Token token = reader.next(bytes); token != Token.NONE; token = reader.next(bytes)) {
            switch (token) {
                case PART -> handler.part(reader.head());
                case DATA -> handler.data(reader.data());
                default -> handler.endOfPart();
            }
        }
        ended = false;
    }

    /**
     * Says that the document is over.
     *
     * @throws MultipartException 400 before the closing delimiter
     * @throws IllegalStateException after the end or a failure
     */
    public void end() {
        checkOpen();
        ended = true;
        reader.end();
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("MultipartParser: expected use before its end or failure, got it after."
                    + " Create one for each document.");
        }
    }
}
