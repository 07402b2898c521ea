package io.bocadillo.multipart;

import java.io.IOException;

/** Content could not be stored because the disk for temporary files has no room. */
public final class DiskFullException extends IOException {

    private static final long serialVersionUID = 1;

    DiskFullException(IOException cause) {
        super("disk of the temporary files: expected room, got none.", cause);
    }
}
