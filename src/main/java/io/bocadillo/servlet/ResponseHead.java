package io.bocadillo.servlet;

import io.bocadillo.Response;
import jakarta.servlet.http.HttpServletResponse;

/** Puts status and header fields of the app's answer on the response of the container. */
final class ResponseHead {

    private ResponseHead() {}

    static void write(Response answer, HttpServletResponse response) throws AbortException {
        if (response.isCommitted()) {
            throw AbortException.committed();
        }
        response.setStatus(answer.status());
        answer.headers().copyTo(response::setHeader, response::addHeader);
        if (answer.bodyLength() >= 0) {
            response.setContentLengthLong(answer.bodyLength());
        }
    }
}
