package io.bocadillo.servlet;

import java.io.IOException;
import java.io.InputStream;

/** Where a {@link BodyReader} puts what it reads; it calls one method at a time. */
interface BodySink {

    /** Whether it would take more now. */
    boolean wantsMore();

    /** Reads what is there, and keeps it: this is no place to call others; -1 at the end, as of the stream. */
    int read(InputStream in) throws IOException;

    /** Tells others what has been read. */
    void deliver();

    /** The body is whole. */
    void end();

    /** The body breaks off. */
    void fail(Throwable failure);
}
