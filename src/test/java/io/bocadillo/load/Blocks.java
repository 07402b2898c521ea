package io.bocadillo.load;

import java.nio.ByteBuffer;
import java.util.Random;

/** Content of any length: each block is another, and can be made again. */
final class Blocks {

    static final int SIZE = 64 * 1024;

    private static final byte[] NOISE = noise();

    private Blocks() {}

    static byte[] block(long number) {
        byte[] block = NOISE.clone();
        ByteBuffer.wrap(block).putLong(number);
        return block;
    }

    private static byte[] noise() {
        byte[] noise = new byte[SIZE];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
