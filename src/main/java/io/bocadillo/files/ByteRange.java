package io.bocadillo.files;

/** The bytes from {@code first} to {@code last}, both included, counted from 0. */
record ByteRange(long first, long last) {

    long length() {
        return last - first + 1;
    }

    /** The value of {@code Content-Range} (RFC 9110, section 14.4). */
    String within(long length) {
        return "bytes " + first + "-" + last + "/" + length;
    }
}
