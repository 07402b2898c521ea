package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document token by token, each when it is asked for, out of buffers cut anywhere.
 *
 * <pre>
 *   PREAMBLE ── delimiter ──▶ LINE_END ── CRLF ──▶ HEAD ── empty line ──▶ CONTENT ── data
 *                               │  ▲                       PART            │  ▲       │ DATA
 *                               │  └──────── delimiter, END_OF_PART ───────┘  └───────┘
 *                               └── "--" CRLF ──▶ EPILOGUE
 * </pre>
 *
 * <p>The preamble begins, and so does content, as if a line break stood before it, because a delimiter may be the
 * very first thing there. Whatever else follows a delimiter on its line than white space makes the document malformed:
 * other readers would take such a line for content.
 *
 * <p>Not usable after it has thrown {@link MultipartException}.
 */
final class PartReader {

    /** What has been read. */
    enum Token {
        /** Nothing yet: all bytes are used up. */
        NONE,
        PART,
        DATA,
        END_OF_PART
    }

    private enum State {
        PREAMBLE,
        LINE_END,
        HEAD,
        CONTENT,
        EPILOGUE
    }

    private static final int LINE_BREAK = 2;

    private final Delimiter delimiter;
    private final Limits limits;
    private final HeadBuffer lines;

    private State state = State.PREAMBLE;
    /** How much of the delimiter has been seen, and how much of that was not really there. */
    private int matched = LINE_BREAK;

    private int imagined = LINE_BREAK;
    /** After the last delimiter; two of them close the document. */
    private int dashes;

    private boolean padded;
    private boolean cr;
    private int parts;
    private long size;
    private @Nullable PartHead head;
    private @Nullable ByteBuffer data;

    PartReader(String boundary, Limits limits) {
        this.delimiter = new Delimiter(Boundary.checked(boundary));
        this.limits = limits;
        this.lines = new HeadBuffer(limits.headSize());
    }

    /** Reads on to the next token, or to the end of {@code bytes}. */
    Token next(ByteBuffer bytes) {
        Token token = Token.NONE;
        while (token == Token.NONE && bytes.hasRemaining()) {
            token = switch (state) {
                case PREAMBLE -> preamble(bytes);
                case LINE_END -> lineEnd(bytes.get());
                case HEAD -> head(bytes);
                case CONTENT -> content(bytes);
                case EPILOGUE -> skip(bytes);
            };
        }
        return token;
    }

    /** The input is over: malformed before the closing delimiter. */
    void end() {
        if (dashes < 2) {
            throw MultipartException.malformed(
                    "multipart: expected the closing delimiter, got the end of the body. Send all of it.");
        }
    }

    /** The head of the last {@link Token#PART}. */
    PartHead head() {
        return Objects.requireNonNull(head);
    }

    /** The content of the last {@link Token#DATA}, never empty. */
    ByteBuffer data() {
        return Objects.requireNonNull(data);
    }

    private Token preamble(ByteBuffer bytes) {
        if (search(bytes) == Token.DATA) {
            size += data().remaining();
            if (size > limits.preamble()) {
                throw MultipartException.malformed("multipart: expected the first delimiter within " + limits.preamble()
                        + " bytes, got none. Begin with it.");
            }
        }
        return Token.NONE;
    }

    private Token content(ByteBuffer bytes) {
        Token token = search(bytes);
        if (token == Token.DATA) {
            size += data().remaining();
            if (size > limits.partSize()) {
                throw MultipartException.tooLarge("part '" + Printable.of(head().name()) + "': expected at most "
                        + limits.partSize() + " bytes, got more.");
            }
        }
        return token;
    }

    /** Finds what comes next, the delimiter or bytes that are none; {@link Token#NONE} if that is not decided yet. */
    private Token search(ByteBuffer bytes) {
        if (matched == 0) {
            int start = bytes.position();
            int found = delimiter.indexIn(bytes);
            if (found > start) {
                data = bytes.slice(start, found - start);
                bytes.position(found);
                return Token.DATA;
            }
        }
        int more = delimiter.matching(bytes, bytes.position(), matched);
        bytes.position(bytes.position() + more);
        matched += more;
        if (matched == delimiter.length()) {
            begin(State.LINE_END);
            return Token.END_OF_PART;
        }
        if (!bytes.hasRemaining()) {
            return Token.NONE;
        }
        data = delimiter.bytes(imagined, matched);
        matched = 0;
        imagined = 0;
        return data().hasRemaining() ? Token.DATA : Token.NONE;
    }

    private Token lineEnd(byte b) {
        if (cr && b == '\n') {
            begin(dashes == 2 ? State.EPILOGUE : State.HEAD);
        } else if (!cr && b == '\r' && dashes != 1) {
            cr = true;
        } else if (!cr && (b == ' ' || b == '\t') && dashes != 1) {
            padded = true;
        } else if (!cr && b == '-' && dashes < 2 && !padded) {
            dashes++;
        } else {
            throw MultipartException.malformed(
                    "multipart: expected CRLF or '--' after the boundary, got another byte.");
        }
        return Token.NONE;
    }

    private Token head(ByteBuffer bytes) {
        if (!lines.add(bytes)) {
            return Token.NONE;
        }
        head = HeadParser.parse(lines.take());
        begin(State.CONTENT);
        return Token.PART;
    }

    private static Token skip(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        return Token.NONE;
    }

    private void begin(State next) {
        state = next;
        if (next == State.LINE_END) {
            dashes = 0;
            padded = false;
            cr = false;
        } else if (next == State.HEAD && parts++ == limits.parts()) {
            throw MultipartException.tooLarge("multipart: expected at most " + limits.parts() + " parts, got more.");
        } else if (next == State.CONTENT) {
            matched = LINE_BREAK;
            imagined = LINE_BREAK;
            size = 0;
        }
    }
}
