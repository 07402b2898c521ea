package io.bocadillo.bench.http;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of several rounds, with the least and the most of them; no numbers if there was no round. */
record Spread(double median, double least, double most) {

    static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean isEmpty() {
        return Double.isNaN(median);
    }

    /** {@code 0.97 (0.95–0.98)}, or {@code none}. */
    String format(int decimals) {
        return isEmpty()
                ? "none"
                : format(median, decimals) + " (" + format(least, decimals) + "–" + format(most, decimals) + ")";
    }

    /** {@code 0.97}, or {@code none}. */
    String formatMedian(int decimals) {
        return isEmpty() ? "none" : format(median, decimals);
    }

    private static String format(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
