package io.bocadillo.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The conditions of a GET or HEAD request, in the order of RFC 9110, section 13.2.2.
 *
 * <p>Other methods have done their work by the time they answer with a file, so it is not for this file to refuse them.
 */
final class Preconditions {

    private final Representation current;
    private final Function<String, List<String>> headers;

    Preconditions(Representation current, Function<String, List<String>> headers) {
        this.current = current;
        this.headers = headers;
    }

    /** 200 to go on, 304 or 412 to stop. */
    int status() {
        List<String> ifMatch = headers.apply("If-Match");
        if (!ifMatch.isEmpty()) {
            if (!isAmong(ifMatch, ETag::matchesStrongly)) {
                return 412;
            }
        } else if (date("If-Unmodified-Since").filter(this::isModifiedSince).isPresent()) {
            return 412;
        }
        List<String> ifNoneMatch = headers.apply("If-None-Match");
        boolean isKnown = ifNoneMatch.isEmpty()
                ? date("If-Modified-Since")
                        .filter(date -> !isModifiedSince(date))
                        .isPresent()
                : isAmong(ifNoneMatch, ETag::matchesWeakly);
        return isKnown ? 304 : 200;
    }

    /** Whether ranges may be answered: there is no {@code If-Range}, or the client has this very version (section 13.1.5). */
    boolean allowRange() {
        List<String> ifRange = headers.apply("If-Range");
        if (ifRange.size() != 1) {
            return ifRange.isEmpty();
        }
        Optional<ETag> tag = ETag.parse(ifRange.get(0));
        return tag.isPresent()
                ? current.etag().matchesStrongly(tag.get())
                : date("If-Range").filter(this::isExactDate).isPresent();
    }

    private boolean isAmong(List<String> values, BiPredicate<ETag, ETag> comparison) {
        String list = String.join(",", values);
        return list.strip().equals("*")
                || ETag.list(list).stream().anyMatch(tag -> comparison.test(current.etag(), tag));
    }

    /** A field with no date in it, or with several, is as good as absent. */
    private Optional<Instant> date(String name) {
        List<String> values = headers.apply(name);
        return values.size() == 1 ? HttpDate.parse(values.get(0)) : Optional.empty();
    }

    private boolean isModifiedSince(Instant date) {
        return current.lastModified().getEpochSecond() > date.getEpochSecond();
    }

    private boolean isExactDate(Instant date) {
        return current.lastModified().getEpochSecond() == date.getEpochSecond() && current.hasStrongDate();
    }
}
