package io.bocadillo.jetty;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stop that happens once, whoever asks for it.
 *
 * <p>The first thread stops, the others wait until it is through, so that none of them lets the JVM end before. It does not
 * wait for itself; and because nobody knows which of the others it waits for, they do not wait for ever.
 */
final class SingleStop {

    private final AtomicReference<@Nullable Thread> stopping = new AtomicReference<>();
    private final CountDownLatch through = new CountDownLatch(1);

    /**
     * Stops, or waits until that is done; returns early if the thread is interrupted, and inside of the stop.
     *
     * @return false if it has waited that long in vain
     */
    boolean once(Runnable stop, Duration patience) {
        if (stopping.compareAndSet(null, Thread.currentThread())) {
            try {
                stop.run();
            } finally {
                through.countDown();
            }
            return true;
        }
        return stopping.get() == Thread.currentThread() || isThroughWithin(patience);
    }

    private boolean isThroughWithin(Duration patience) {
        try {
            return through.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
