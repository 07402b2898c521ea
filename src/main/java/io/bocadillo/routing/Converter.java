package io.bocadillo.routing;

import java.util.BitSet;

/** What a parameter matches. */
enum Converter {
    /** One or more characters of one segment: {@code {x}}. */
    TEXT("text without '/'"),

    /** ASCII digits, possibly after a minus sign: {@code {x:int}}. */
    INT("an integer") {
        @Override
        boolean accepts(String text) {
            int digits = signLength(text, 0);
            return text.length() > digits && digitsEnd(text, digits) == text.length();
        }

        @Override
        BitSet starts(String text, BitSet ends) {
            BitSet starts = new BitSet();
            int runEnd = -1;
            for (int i = text.length() - 1; i >= 0; i--) {
                if (isDigit(text.charAt(i))) {
                    runEnd = runEnd < 0 ? i + 1 : runEnd;
                    starts.set(i, ends.previousSetBit(runEnd) > i);
                } else {
                    runEnd = -1;
                    starts.set(i, text.charAt(i) == '-' && starts.get(i + 1) && isDigit(text.charAt(i + 1)));
                }
            }
            return starts;
        }

        @Override
        int end(String text, int start, BitSet ends) {
            return ends.previousSetBit(digitsEnd(text, start + signLength(text, start)));
        }

        @Override
        BitSet ends(String text, BitSet starts) {
            BitSet ends = new BitSet();
            int next = 0;
            for (int start = starts.nextSetBit(0); start >= 0; start = starts.nextSetBit(next)) {
                int digits = start + signLength(text, start);
                int end = digitsEnd(text, digits);
                ends.set(digits + 1, end + 1);
                // Later starts among the same digits have no other ends.
                next = Math.max(start + 1, end);
            }
            return ends;
        }
    },

    /** The rest across segments, all of it if nothing follows: {@code {x:path}}. */
    PATH("a relative path") {
        @Override
        boolean accepts(String text) {
            return true;
        }
    },

    /** The rest across segments, but not the empty text: {@code {}}. */
    WILDCARD("a relative path");

    private final String description;

    Converter(String description) {
        this.description = description;
    }

    /** Whether a parameter of this kind takes several segments. */
    boolean spansSegments() {
        return this == PATH || this == WILDCARD;
    }

    boolean accepts(String text) {
        return !text.isEmpty();
    }

    /** See {@link Part#starts}. */
    BitSet starts(String text, BitSet ends) {
        BitSet starts = new BitSet();
        starts.set(0, Math.max(0, ends.length() - 1));
        return starts;
    }

    /** See {@link Part#end}. */
    int end(String text, int start, BitSet ends) {
        return ends.length() - 1;
    }

    /** The positions where a parameter of this kind can end that begins at one of {@code starts}; linear in the text. */
    BitSet ends(String text, BitSet starts) {
        BitSet ends = new BitSet();
        if (!starts.isEmpty()) {
            ends.set(starts.nextSetBit(0) + 1, text.length() + 1);
        }
        return ends;
    }

    private static int signLength(String text, int start) {
        return text.startsWith("-", start) ? 1 : 0;
    }

    private static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What to pass for it, as an error says it. */
    @Override
    public String toString() {
        return description;
    }
}
