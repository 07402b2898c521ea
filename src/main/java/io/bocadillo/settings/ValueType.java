package io.bocadillo.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes a value, and back.
 *
 * @param name of the type, for tables
 * @param expected for messages: {@code a duration like 30s}
 * @param parser throws an {@link IllegalArgumentException}, {@link ArithmeticException} or {@link
 *     java.time.DateTimeException} for a text that is no such value
 * @param shown the shortest text of a value
 */
public record ValueType<T>(String name, String expected, Function<String, T> parser, Function<T, String> shown) {

    /** Any text. */
    public static final ValueType<String> TEXT = new ValueType<>("text", "text", text -> text, text -> text);

    /** {@code true}, {@code yes}, {@code on}, {@code 1} or their opposites, in any case. */
    public static final ValueType<Boolean> FLAG =
            new ValueType<>("true or false", "true or false", ValueType::flag, String::valueOf);

    /** A number of bytes: {@code 512}, {@code 64KiB}, {@code 10MiB}, {@code 1GiB}, or {@code 10MB} for ten million. */
    public static final ValueType<Long> BYTES =
            new ValueType<>("bytes", "a number of bytes like 512, 64KiB or 10MiB", ValueType::bytes, ValueType::shown);

    /** A number of bytes, or {@code none} for {@link Long#MAX_VALUE}. */
    public static final ValueType<Long> LIMIT = new ValueType<>(
            "bytes or none",
            BYTES.expected() + ", or none",
            text -> text.equalsIgnoreCase("none") ? Long.MAX_VALUE : bytes(text),
            bytes -> bytes == Long.MAX_VALUE ? "none" : shown(bytes));

    /** A time that is not negative: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 14d}, or as ISO 8601 has it. */
    public static final ValueType<Duration> DURATION = new ValueType<>(
            "duration", "a duration like 250ms, 30s, 5m or PT30S", ValueType::duration, ValueType::shown);

    /** Texts between commas, without the blanks around them. */
    public static final ValueType<List<String>> LIST =
            new ValueType<>("list", "texts with commas between them", ValueType::list, list -> String.join(",", list));

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,10}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,19}) ?([KMG]i?)?B?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("([0-9]{1,19}) ?(ms|s|m|h|d)");

    /** A whole number between these two. */
    public static ValueType<Integer> count(int least, int most) {
        String range = most == Integer.MAX_VALUE ? ", " + least + " or more" : " from " + least + " to " + most;
        return new ValueType<>(
                "number",
                "a whole number" + range,
                text -> {
                    int number = COUNT.matcher(text).matches() ? Integer.parseInt(text) : -1;
                    if (number < least || number > most) {
                        throw new NumberFormatException();
                    }
                    return number;
                },
                String::valueOf);
    }

    /** One constant of an enum, written in any case, with hyphens or underscores. */
    public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        Map<String, E> constants = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> constants.put(shown(constant), constant));
        String all = String.join(", ", constants.keySet());
        return new ValueType<>(
                all,
                "one of " + all,
                text -> {
                    E constant = constants.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
                    if (constant == null) {
                        throw new IllegalArgumentException();
                    }
                    return constant;
                },
                ValueType::shown);
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new NumberFormatException();
        }
        String unit = size.group(2) == null ? "" : size.group(2).toUpperCase(Locale.ROOT);
        long base = unit.endsWith("I") ? 1024 : 1000;
        long factor = unit.isEmpty() ? 1 : power(base, "KMG".indexOf(unit.charAt(0)) + 1);
        return Math.multiplyExact(Long.parseLong(size.group(1)), factor);
    }

    private static long power(long base, int exponent) {
        return exponent == 0 ? 1 : base * power(base, exponent - 1);
    }

    private static Duration duration(String text) {
        Matcher time = TIME.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!time.matches()) {
            Duration parsed = Duration.parse(text);
            if (parsed.isNegative()) {
                throw new IllegalArgumentException();
            }
            return parsed;
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toUnmodifiableList());
    }

    private static String shown(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String shown(long bytes) {
        String[] units = {"", "KiB", "MiB", "GiB"};
        int unit = 0;
        long number = bytes;
        while (number > 0 && number % 1024 == 0 && unit < units.length - 1) {
            number /= 1024;
            unit++;
        }
        return number + units[unit];
    }

    private static String shown(Duration time) {
        if (time.isZero()) {
            return "0";
        }
        if (time.getNano() != 0) {
            boolean isShort = time.toDays() == 0 && time.getNano() % 1_000_000 == 0;
            return isShort ? time.toMillis() + "ms" : time.toString();
        }
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
