package io.bocadillo.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** What the head of a request says of its body (RFC 9112, section 6). */
final class BodyFraming {

    private BodyFraming() {}

    /** HTTP/1.1 announces a body (RFC 9112, section 6); later versions do not, there only the stream knows. */
    static boolean isThere(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        if (announced >= 0) {
            return announced > 0;
        }
        return request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1") && isStreamOpen(request);
    }

    /** Whether it is known where the body ends. */
    static boolean isCodingKnown(HttpServletRequest request) {
        String coding = request.getHeader("Transfer-Encoding");
        return coding == null || coding.equalsIgnoreCase("chunked");
    }

    private static boolean isStreamOpen(HttpServletRequest request) {
        try {
            return !request.getInputStream().isFinished();
        } catch (IOException | IllegalStateException unreadable) {
            return false;
        }
    }
}
