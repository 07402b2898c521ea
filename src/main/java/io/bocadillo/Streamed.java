package io.bocadillo;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * A body that is made while it goes out.
 *
 * @param length in bytes; -1 when it is not known
 * @param discard lets go of its source when nobody will subscribe; does nothing once somebody has
 */
record Streamed(Flow.Publisher<ByteBuffer> publisher, long length, Runnable discard) {

    static final long UNKNOWN_LENGTH = -1;
}
