package io.bocadillo.load;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until a figure is as expected. */
final class Await {

    private static final long POLL_MILLIS = 20;

    private Await() {}

    /** How many milliseconds it took. */
    static <T> long until(String what, int atMostSeconds, Callable<T> figure, Predicate<T> expected) throws Exception {
        long start = System.nanoTime();
        while (true) {
            T last = figure.call();
            long nanos = System.nanoTime() - start;
            if (expected.test(last)) {
                return TimeUnit.NANOSECONDS.toMillis(nanos);
            }
            if (nanos > TimeUnit.SECONDS.toNanos(atMostSeconds)) {
                throw new AssertionError(what + " within " + atMostSeconds + " s, got " + last);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
