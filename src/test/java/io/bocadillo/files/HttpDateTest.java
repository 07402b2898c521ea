package io.bocadillo.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 5.6.7. */
class HttpDateTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT   | 1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT  | 1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994        | 1994-11-06T08:49:37Z",
                "Wed Nov 16 08:49:37 1994        | 1994-11-16T08:49:37Z",
                "Thu, 29 Feb 2024 00:00:00 GMT   | 2024-02-29T00:00:00Z",
                "Thu, 01 Jan 1970 00:00:00 GMT   | 1970-01-01T00:00:00Z",
                "Mon, 06 Nov 1994 08:49:37 GMT   | 1994-11-06T08:49:37Z", // that was a Sunday
            })
    void allThreeFormatsAreRead(String text, Instant instant) {
        assertThat(HttpDate.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Friday, 12-Jun-26 00:00:00 GMT  | 2026-06-12T00:00:00Z",
                "Monday, 15-Jun-76 12:00:00 GMT  | 2076-06-15T12:00:00Z", // in 50 years
                "Tuesday, 15-Jun-76 12:00:01 GMT | 1976-06-15T12:00:01Z", // in more than 50 years
                "Sunday, 06-Nov-77 08:49:37 GMT  | 1977-11-06T08:49:37Z",
                "Friday, 31-Dec-99 23:59:59 GMT  | 1999-12-31T23:59:59Z",
            })
    void twoDigitsAreAYearUpTo50YearsAhead(String text, Instant instant) {
        assertThat(HttpDate.parse(text, NOW)).contains(instant);
    }

    @Test
    void theCenturyMovesOn() {
        Instant later = Instant.parse("2070-01-01T00:00:00Z");
        assertThat(HttpDate.parse("Friday, 01-May-05 00:00:00 GMT", later))
                .contains(Instant.parse("2105-05-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "yesterday",
                "1994-11-06T08:49:37Z",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "sun, 06 nov 1994 08:49:37 gmt",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
            })
    void whatIsNoDateIsNone(String text) {
        assertThat(HttpDate.parse(text)).isEmpty();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll @LongRange(min = -2_000_000_000, max = 200_000_000_000L) long second) {
        String text = HttpDate.format(Instant.ofEpochSecond(second, 999_999_999));
        assertThat(text).hasSize("Sun, 06 Nov 1994 08:49:37 GMT".length());
        assertThat(HttpDate.parse(text)).contains(Instant.ofEpochSecond(second));
    }

    @Test
    void datesAreEnglishWhereverTheServerIs() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37Z")))
                    .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        } finally {
            Locale.setDefault(before);
        }
    }
}
