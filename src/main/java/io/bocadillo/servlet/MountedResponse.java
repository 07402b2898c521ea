package io.bocadillo.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** The container's response as a mounted servlet sees it, which tells whether the servlet leaves an error to the container. */
final class MountedResponse extends HttpServletResponseWrapper {

    private boolean error;

    MountedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether the container has a page for an error to send, once {@code service()} has returned. */
    boolean isError() {
        return error;
    }

    @Override
    public void sendError(int status) throws IOException {
        super.sendError(status);
        error = true;
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        super.sendError(status, message);
        error = true;
    }
}
