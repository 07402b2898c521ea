package io.bocadillo.starvation;

/** The beginning of a request whose body does not end for long, and the status that it gets before that. */
public enum SlowBody {
    NOWHERE(404, "POST /nothing", "Content-Length: 500000"),
    NOWHERE_CHUNKED(404, "POST /nothing", "Transfer-Encoding: chunked", "", "fffff", ""),
    EXPECTING(404, "POST /nothing", "Expect: 100-continue", "Content-Length: 500000"),
    UNAUTHORIZED(401, "POST /private", "Content-Length: 500000"),
    ENCODED(415, "POST /uploads", "Content-Encoding: gzip", "Content-Length: 999"),
    ANNOUNCED_TOO_LONG(413, "POST /uploads", "Content-Length: 2000000"),
    TOO_MANY_CHUNKS(413, "POST /uploads", "Transfer-Encoding: chunked", "", "400", "x".repeat(0x400), "fffff", ""),
    TOO_SLOW(408, "POST /uploads", "Content-Length: 999"),
    TOO_SLOW_CHUNKS(408, "POST /uploads", "Transfer-Encoding: chunked", "", "fffff", "");

    private static final String CRLF = "\r\n";

    private final int status;
    private final String opening;

    SlowBody(int status, String requestLine, String... lines) {
        this.status = status;
        String head = requestLine + " HTTP/1.1\r\nHost: test\r\n" + String.join(CRLF, lines) + CRLF;
        this.opening = head.contains(CRLF + CRLF) ? head : head + CRLF;
    }

    int status() {
        return status;
    }

    /** The head, and what goes before the first slow byte. */
    String opening() {
        return opening;
    }

    /** How long the app may take its time, besides the way there and back. */
    int delayMillis() {
        return status == 408 ? 2000 : 0;
    }
}
