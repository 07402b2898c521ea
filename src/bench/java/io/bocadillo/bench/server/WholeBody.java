package io.bocadillo.bench.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads a body of known length: at once if it has come with its head, as small ones do, or else as it arrives. */
final class WholeBody implements ReadListener {

    private final AsyncContext async;
    private final ServletInputStream in;
    private final byte[] body;
    private final Task then;
    private int length;

    private WholeBody(AsyncContext async, ServletInputStream in, int announced, Task then) {
        this.async = async;
        this.in = in;
        this.body = new byte[announced];
        this.then = then;
    }

    interface Task {
        void run(byte[] body) throws IOException;
    }

    static void read(HttpServletRequest request, Task then) throws IOException {
        int announced = request.getContentLength();
        ServletInputStream in = request.getInputStream();
        if (in.available() >= announced) {
            then.run(in.readNBytes(announced));
            return;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        in.setReadListener(new WholeBody(async, in, announced, then));
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (in.isReady()) {
            boolean isThere = length == body.length;
            int count = isThere ? in.read() : in.read(body, length, body.length - length);
            if (count < 0) {
                break;
            }
            length += isThere ? 0 : count;
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        then.run(body);
        async.complete();
    }

    @Override
    public void onError(Throwable failure) {
        async.complete();
    }
}
