package io.bocadillo.negotiation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses a media type after {@code Accept} (RFC 9110, section 12.5.1). */
public final class MediaRanges {

    private static final int ALL = 0;
    private static final int ALL_OF_A_TYPE = 1;
    private static final int ONE = 2;

    private MediaRanges() {}

    /**
     * The type that the client likes best, the first of the list where it likes several as well as each other.
     *
     * <p>What counts for a type is the most specific range that it is in. A field without any range in it, malformed or
     * empty, is as good as none: then the first of the list is taken.
     *
     * @param fields the values of all fields {@code Accept}
     * @param offered media types, with or without parameters, at least one
     * @return empty if none of them is acceptable, a 406 (section 15.5.7)
     */
    public static Optional<String> choose(List<String> fields, List<String> offered) {
        List<Preference> ranges = ranges(fields);
        if (ranges.isEmpty()) {
            return Optional.of(offered.get(0));
        }
        String best = null;
        int most = 0;
        for (String type : offered) {
            int weight = weight(ranges, type);
            if (weight > most) {
                best = type;
                most = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether a range names that very type, as browsers name HTML when a page is to be shown; wildcards do not count. */
    public static boolean name(List<String> fields, String type) {
        return ranges(fields).stream().anyMatch(range -> range.value().equals(type) && range.weight() > 0);
    }

    /** {@code *} alone is what old Java clients mean by {@code *}{@code /*}. */
    private static List<Preference> ranges(List<String> fields) {
        return Preference.list(fields).stream()
                .filter(range -> range.value().indexOf('/') > 0 || range.value().equals("*"))
                .toList();
    }

    private static int weight(List<Preference> ranges, String offered) {
        Preference type = Preference.of(offered);
        int weight = 0;
        int most = -1;
        for (Preference range : ranges) {
            int specificity = type == null ? -1 : specificity(range, type);
            if (specificity > most) {
                most = specificity;
                weight = range.weight();
            }
        }
        return weight;
    }

    /** The more the range says, the higher; -1 if the type is not in it. */
    private static int specificity(Preference range, Preference type) {
        if (range.value().equals("*") || range.value().equals("*/*")) {
            return ALL;
        }
        if (range.value().endsWith("/*")) {
            String prefix = range.value().substring(0, range.value().length() - 1);
            return type.value().startsWith(prefix) ? ALL_OF_A_TYPE : -1;
        }
        boolean isWithin = range.value().equals(type.value()) && contains(type.parameters(), range.parameters());
        return isWithin ? ONE + range.parameters().size() : -1;
    }

    /** A type that names no charset has none, as JSON (RFC 8259, section 11), or is UTF-8: many clients ask for it. */
    private static boolean contains(Map<String, String> parameters, Map<String, String> wanted) {
        return wanted.entrySet().stream().allMatch(parameter -> {
            String fallback = parameter.getKey().equals("charset") ? "utf-8" : null;
            String value = parameters.getOrDefault(parameter.getKey(), fallback);
            return parameter.getValue().equalsIgnoreCase(value);
        });
    }
}
