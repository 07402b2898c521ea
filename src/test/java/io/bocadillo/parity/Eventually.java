package io.bocadillo.parity;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what another thread or the other end of a connection brings about in its own time. */
final class Eventually {

    private static final long PATIENCE_SECONDS = 20;

    private Eventually() {}

    interface Condition {
        boolean isMet() throws Exception;
    }

    interface Count {
        long now() throws Exception;
    }

    static void expect(String what, Condition condition) throws Exception {
        expect(() -> what, condition);
    }

    private static void expect(Supplier<String> what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.isMet()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("expected that " + what.get() + ", got " + PATIENCE_SECONDS + " s without it");
            }
            Thread.sleep(10);
        }
    }

    /** The value of a count that has stopped counting. */
    static long still(Count count) throws Exception {
        long last = count.now();
        int same = 0;
        while (same < 20) {
            Thread.sleep(20);
            long now = count.now();
            same = now == last ? same + 1 : 0;
            last = now;
        }
        return last;
    }

    /** All requests to the app are over, but the one that asks. */
    static void noneOpen(Site site) throws Exception {
        String[] seen = {""};
        expect(() -> "no exchange is open at " + site + ", but " + seen[0], () -> {
            seen[0] = site.ask("GET /open").text();
            return seen[0].equals("1");
        });
    }
}
