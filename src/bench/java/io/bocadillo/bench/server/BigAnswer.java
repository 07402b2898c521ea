package io.bocadillo.bench.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes the large answer as the client takes it, handed to Jetty in one piece. */
final class BigAnswer implements WriteListener {

    private final AsyncContext async;
    private final ServletOutputStream out;
    private boolean written;

    private BigAnswer(AsyncContext async, ServletOutputStream out) {
        this.async = async;
        this.out = out;
    }

    static void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(Content.BYTES_TYPE);
        response.setContentLength(Content.BIG.length);
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new BigAnswer(async, out));
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!written && out.isReady()) {
            written = true;
            out.write(Content.BIG);
        }
        if (written && out.isReady()) {
            async.complete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        async.complete();
    }
}
