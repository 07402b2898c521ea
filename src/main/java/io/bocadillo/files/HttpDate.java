package io.bocadillo.files;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import io.bocadillo.routing.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** A date as HTTP writes it, to the second (RFC 9110, section 5.6.7). */
public final class HttpDate {

    private static final int CENTURY = 100;

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private static final DateTimeFormatter IMF_FIXDATE = format(new DateTimeFormatterBuilder()
            .appendPattern("EEE, dd MMM ")
            .appendValue(YEAR, 4)
            .appendPattern(" HH:mm:ss 'GMT'"));

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT}; read into the century from 2000 on. */
    private static final DateTimeFormatter RFC_850 = format(new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(YEAR, 2, 2, 2000)
            .appendPattern(" HH:mm:ss 'GMT'"));

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static final DateTimeFormatter ASCTIME = format(new DateTimeFormatterBuilder()
            .appendPattern("EEE MMM ppd HH:mm:ss ")
            .appendValue(YEAR, 4));

    private HttpDate() {}

    /** Writes an IMF-fixdate. */
    public static String format(Instant instant) {
        return IMF_FIXDATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** The date that stands in a field of the app; {@link IllegalArgumentException} if that is none. */
    static Instant of(String field, String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(field
                        + ": expected a date as 'Sun, 06 Nov 1994 08:49:37 GMT', got '" + Printable.of(text)
                        + "'. Write it in GMT, with a day of two digits."));
    }

    /** Reads any of the three formats; empty if the text is no date. */
    public static Optional<Instant> parse(String text) {
        return parse(text, Instant.now());
    }

    /** Reads a date; one of two digits that seems to be more than 50 years after {@code now} was in the past. */
    static Optional<Instant> parse(String text, Instant now) {
        LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(CENTURY / 2);
        return read(text, IMF_FIXDATE)
                .or(() -> read(text, RFC_850).map(date -> lastBefore(latest, date)))
                .or(() -> read(text, ASCTIME))
                .map(date -> date.toInstant(ZoneOffset.UTC));
    }

    private static Optional<LocalDateTime> read(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDateTime.parse(text, format));
        } catch (DateTimeException another) {
            return Optional.empty();
        }
    }

    private static LocalDateTime lastBefore(LocalDateTime latest, LocalDateTime date) {
        int centuries = Math.floorDiv(latest.getYear() - date.getYear(), CENTURY);
        LocalDateTime moved = date.plusYears((long) centuries * CENTURY);
        return moved.isAfter(latest) ? moved.minusYears(CENTURY) : moved;
    }

    /** The day of the week has to be one, but need not be that of the date: only then two digits can be read at all. */
    private static DateTimeFormatter format(DateTimeFormatterBuilder pattern) {
        return pattern.toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT)
                .withResolverFields(YEAR, MONTH_OF_YEAR, DAY_OF_MONTH, HOUR_OF_DAY, MINUTE_OF_HOUR, SECOND_OF_MINUTE);
    }
}
