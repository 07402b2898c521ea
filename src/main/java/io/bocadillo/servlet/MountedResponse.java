package io.bocadillo.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The container's response as a mounted servlet sees it, which puts an error off until {@code service()} is about to return
 * for good: those around the servlet may change it or answer otherwise, and Tomcat has no page for one that it was told of
 * before the asynchronous mode.
 */
final class MountedResponse extends HttpServletResponseWrapper {

    private final ServletCall call;
    private boolean error;
    private @Nullable String message;

    MountedResponse(HttpServletResponse response, ServletCall call) {
        super(response);
        this.call = call;
    }

    boolean isError() {
        return error;
    }

    /** Leaves the error to the container, with the status that it has by now. */
    void sendError() throws IOException {
        send(super.getStatus(), message);
    }

    private void send(int status, @Nullable String message) throws IOException {
        if (message == null) {
            super.sendError(status);
        } else {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    /** At once in the asynchronous mode of the servlet, where it is the container that ends the answer. */
    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (call.isAsync() || isCommitted()) {
            send(status, message);
            return;
        }
        resetBuffer();
        setStatus(status);
        this.message = message;
        error = true;
    }

    @Override
    public boolean isCommitted() {
        return error || super.isCommitted();
    }
}
