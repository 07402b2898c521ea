package io.bocadillo;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Where blocking costs no thread of the system: on JDK 21 and newer. */
final class VirtualThreads {

    /** Runs each task on a virtual thread of its own; null on a JDK that has none. */
    static final @Nullable Executor EXECUTOR = executor();

    private VirtualThreads() {}

    private static @Nullable Executor executor() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }
}
