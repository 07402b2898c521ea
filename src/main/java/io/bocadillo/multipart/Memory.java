package io.bocadillo.multipart;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of content may still be held in memory, shared by everything that belongs to one request. */
public final class Memory {

    private final AtomicLong free;

    /** Creates a supply of that many bytes. */
    public Memory(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Takes bytes if there are as many left. */
    boolean take(int bytes) {
        return free.getAndUpdate(left -> left >= bytes ? left - bytes : left) >= bytes;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
