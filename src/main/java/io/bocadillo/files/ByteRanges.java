package io.bocadillo.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code Range} field (RFC 9110, section 14.2).
 *
 * <p>A server may ignore any such field. This one ignores what is no range of bytes, more than 16 ranges, and ranges that
 * overlap: so an answer has no byte of the file twice, and a request can't make it much longer than the file.
 */
final class ByteRanges {

    private static final int MOST = 16;
    private static final String UNIT = "bytes=";
    private static final Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    private ByteRanges() {}

    /**
     * The ranges of a file of that length, in the order asked for, cut off at its end.
     *
     * @return no list if the field is to be ignored; an empty one if none of its ranges can be satisfied, a 416
     */
    static Optional<List<ByteRange>> of(String field, long length) {
        if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        int count = 0;
        for (String element : field.substring(UNIT.length()).split(",")) {
            String spec = element.strip();
            if (spec.isEmpty()) {
                continue; // Section 5.6.1.2: a recipient has to bear empty elements.
            }
            Matcher numbers = SPEC.matcher(spec);
            if (!numbers.matches() || ++count > MOST) {
                return Optional.empty();
            }
            String first = numbers.group(1);
            String last = numbers.group(2);
            if (first.isEmpty() ? last.isEmpty() : !last.isEmpty() && number(last) < number(first)) {
                return Optional.empty();
            }
            ByteRange range = first.isEmpty() ? suffix(number(last), length) : from(number(first), last, length);
            if (range.first() < length) {
                ranges.add(range);
            } else if (first.isEmpty() && number(last) > 0) {
                return Optional.empty(); // All of an empty file: satisfiable, but no Content-Range can say so.
            }
        }
        return count == 0 || overlap(ranges) ? Optional.empty() : Optional.of(ranges);
    }

    private static ByteRange suffix(long count, long length) {
        return new ByteRange(Math.max(0, length - count), length - 1);
    }

    private static ByteRange from(long first, String last, long length) {
        return new ByteRange(first, last.isEmpty() ? length - 1 : Math.min(number(last), length - 1));
    }

    /** A number too large for a {@code long} is beyond the end of any file. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean overlap(List<ByteRange> ranges) {
        List<ByteRange> sorted = ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::first))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first() <= sorted.get(i - 1).last()) {
                return true;
            }
        }
        return false;
    }
}
