package io.bocadillo.files;

import java.time.Instant;

/** What tells versions apart on every server alike, in characters that an entity tag may have. */
final class Fingerprint {

    private Fingerprint() {}

    /** Of something that has no checksum: its time, as exact as its place has it. */
    static String of(long length, Instant changed) {
        return Long.toHexString(length)
                + '-'
                + Long.toHexString(changed.getEpochSecond())
                + '.'
                + Integer.toHexString(changed.getNano());
    }

    static String of(long length, long checksum) {
        return Long.toHexString(length) + '-' + Long.toHexString(checksum);
    }
}
