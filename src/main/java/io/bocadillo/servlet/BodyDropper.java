package io.bocadillo.servlet;

import java.io.IOException;
import java.io.InputStream;

/** Reads what nobody wants, up to a limit, because a container would wait for it on one of its threads. */
final class BodyDropper implements BodySink {

    /** With a body up to the standard limit before it, that is less than Undertow takes at all. */
    private static final long MOST = 512 * 1024;

    private final byte[] scratch = new byte[8 * 1024];
    private long dropped;

    @Override
    public boolean wantsMore() {
        return dropped < MOST;
    }

    @Override
    public int read(InputStream in) throws IOException {
        int read = in.read(scratch);
        dropped += Math.max(0, read);
        return read;
    }

    @Override
    public void deliver() {}

    @Override
    public void end() {}

    @Override
    public void fail(Throwable failure) {}
}
