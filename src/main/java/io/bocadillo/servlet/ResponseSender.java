package io.bocadillo.servlet;

import io.bocadillo.Response;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a response of the app on that of the container. */
final class ResponseSender {

    /** Over HTTP/1, a body up to here fits into the buffers between us and the wire; HTTP/2 asks the client for each. */
    private static final int SMALL = 16 * 1024;

    private final Response answer;
    private final HttpServletResponse response;
    private final boolean mayWriteDirectly;

    ResponseSender(Response answer, HttpServletResponse response, Container container, String protocol) {
        this.answer = answer;
        this.response = response;
        this.mayWriteDirectly = container.limitsBlockingWrites() && protocol.startsWith("HTTP/1");
    }

    /** Whether sending it on this thread waits for no client. */
    boolean isInstant() {
        return !answer.sendsBody() || mayWriteDirectly && answer.body().length <= SMALL;
    }

    /** Sends on this thread. */
    void sendBlocking() throws IOException {
        writeHead();
        if (answer.sendsBody()) {
            response.getOutputStream().write(answer.body());
        }
    }

    /**
     * Sends as fast as the client takes it; the asynchronous mode is on.
     *
     * @param sent is called, once at least, with null when all is on its way, or with what went wrong
     */
    void send(Consumer<@Nullable Throwable> sent) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        if (isInstant() || FilterStream.is(out, response)) {
            sendBlocking();
            response.flushBuffer();
            sent.accept(null);
        } else {
            writeHead();
            out.setWriteListener(new ResponseWriter(out, answer.body(), sent));
        }
    }

    private void writeHead() throws IOException {
        if (response.isCommitted()) {
            throw AbortException.committed();
        }
        response.setStatus(answer.status());
        answer.headers().copyTo(response::setHeader, response::addHeader);
        if (answer.contentLength() >= 0) {
            response.setContentLengthLong(answer.contentLength());
        }
    }
}
