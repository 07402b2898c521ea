package io.bocadillo.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out what somebody who wrote a key meant to write. */
public final class Spelling {

    private static final int MOST_EDITS = 2;

    /** Between a small letter and a capital one. */
    private static final Pattern CAMEL_CASE = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private Spelling() {}

    /**
     * The known key that another one looks like: the nearest of the same group, which is what stands before the dot, or one
     * that is at most two letters away.
     */
    public static Optional<String> meant(String key, Collection<String> known) {
        String plain = plain(key);
        String group = group(plain);
        return nearest(
                plain,
                known.stream()
                        .filter(other -> !group.isEmpty() && group.equals(group(other)) || isNear(plain, other))
                        .toList());
    }

    /** The one that is the fewest letters away; empty if there is none at all. */
    public static Optional<String> nearest(String text, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(other -> edits(text, other)));
    }

    /** A key that is written as in other languages, {@code maxBody} or {@code MAX_BODY}, as keys are here. */
    private static String plain(String key) {
        return CAMEL_CASE.matcher(key).replaceAll("-").replace('_', '-').toLowerCase(Locale.ROOT);
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
