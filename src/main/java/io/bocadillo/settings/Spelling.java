package io.bocadillo.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds out what somebody who wrote a key meant to write. */
public final class Spelling {

    private static final int MOST_EDITS = 2;

    private Spelling() {}

    /**
     * The known key that another one looks like: the nearest of the same group, which is what stands before the dot, or one
     * that is at most two letters away.
     */
    public static Optional<String> meant(String key, Collection<String> known) {
        String group = group(key);
        return known.stream()
                .filter(other -> !group.isEmpty() && group.equals(group(other)) || isNear(key, other))
                .min(Comparator.comparingInt(other -> edits(key, other)));
    }

    private static boolean isNear(String key, String other) {
        return other.length() > 2 * MOST_EDITS && edits(key, other) <= MOST_EDITS;
    }

    private static String group(String key) {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    /** How many letters have to be added, taken away or replaced (Levenshtein), a row of the table at a time. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
