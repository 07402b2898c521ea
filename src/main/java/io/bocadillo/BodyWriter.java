package io.bocadillo;

import java.io.OutputStream;

/** Writes a body with ordinary blocking calls; see {@link Response#write}. */
@FunctionalInterface
public interface BodyWriter {

    /**
     * Writes the body; it ends when this returns.
     *
     * @param out gathers what is written, and hands it over when there is enough or with {@code flush()}; throws
     *     {@link ClientDisconnect} once the client has gone
     * @throws Exception any failure: an answer that has begun breaks off
     */
    void write(OutputStream out) throws Exception;
}
