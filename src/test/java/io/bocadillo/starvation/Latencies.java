package io.bocadillo.starvation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long each of a series of requests took. */
public final class Latencies {

    private final List<Long> nanos = new ArrayList<>();

    public void add(long nanoseconds) {
        nanos.add(nanoseconds);
    }

    /** The time within which that percentage of the requests was answered. */
    public double millis(int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
        return sorted.get(index) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms", millis(50), millis(99), millis(100));
    }
}
