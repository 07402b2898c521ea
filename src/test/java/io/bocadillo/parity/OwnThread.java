package io.bocadillo.parity;

import java.util.concurrent.Executor;

/**
 * Threads for clients that block: the common pool of the JDK, which views use, has one on a machine of two cores, and
 * from JDK 25 on no other.
 */
final class OwnThread {

    static final Executor EACH = task -> new Thread(task).start();

    private OwnThread() {}
}
