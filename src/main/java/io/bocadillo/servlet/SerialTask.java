package io.bocadillo.servlet;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that several threads signal and one at a time runs: once more for all signals that come meanwhile.
 *
 * <p>Containers call back from several threads, and Tomcat from inside {@code setWriteListener} too. A counter in the
 * place of a lock, because none may be held across a call of the container.
 */
final class SerialTask {

    private final Runnable task;
    private final AtomicInteger signals = new AtomicInteger();

    SerialTask(Runnable task) {
        this.task = task;
    }

    void signal() {
        int seen = signals.incrementAndGet();
        if (seen > 1) {
            return;
        }
        do {
            try {
                task.run();
            } finally {
                seen = signals.addAndGet(-seen);
            }
        } while (seen > 0);
    }
}
