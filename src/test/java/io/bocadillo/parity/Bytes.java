package io.bocadillo.parity;

/** Bytes that tell when one of them is missing or in the wrong place. */
final class Bytes {

    private Bytes() {}

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }
}
