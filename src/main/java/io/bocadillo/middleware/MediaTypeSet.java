package io.bocadillo.middleware;

import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Media types, some of them with all of their subtypes.
 *
 * @param types {@code application/json}
 * @param ranges what stands before the star of {@code text/*}, with its slash
 */
record MediaTypeSet(Set<String> types, Set<String> ranges) implements Predicate<String> {

    /** RFC 6838, section 4.2; it allows no star but in a range (RFC 9110, section 12.5.1). */
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/([a-z0-9][a-z0-9!#$&^_.+-]{0,126}|\\*)");

    static MediaTypeSet of(String where, String... types) {
        if (types.length == 0) {
            throw new StartupError(where + ": expected a media type, got none. Write one like text/*.");
        }
        Set<String> exact = new HashSet<>();
        Set<String> ranges = new HashSet<>();
        for (String type : types) {
            String lower = type.toLowerCase(Locale.ROOT);
            if (!TYPE.matcher(lower).matches()) {
                throw new StartupError(where + ": expected a media type like application/json or text/*, got '"
                        + Printable.of(type) + "'. Leave parameters out.");
            }
            if (lower.endsWith("*")) {
                ranges.add(lower.substring(0, lower.length() - 1));
            } else {
                exact.add(lower);
            }
        }
        return new MediaTypeSet(Set.copyOf(exact), Set.copyOf(ranges));
    }

    /** Whether a {@code Content-Type} is one of them, whatever its parameters. */
    @Override
    public boolean test(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return types.contains(type) || ranges.contains(type.substring(0, type.indexOf('/') + 1));
    }
}
