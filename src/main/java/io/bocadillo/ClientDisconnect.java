package io.bocadillo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells whoever writes an answer that the client has gone, or takes no more of it: the rest has no reader. */
public final class ClientDisconnect extends IOException {

    private static final long serialVersionUID = 1;

    /** Creates one with what the server noticed, or null. */
    public ClientDisconnect(@Nullable Throwable cause) {
        super("client: expected to take the whole answer, got one that has gone. Stop writing.", cause);
    }
}
