package io.bocadillo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a {@link Param} or a {@link Setting} becomes a value, and what is said when it does not.
 *
 * @param parser throws {@link IllegalArgumentException} or {@link DateTimeException} for text that is no such value
 * @param expected for instance "a number"
 */
record Conversion<T>(Function<String, T> parser, String expected) {

    /** Reading a BigInteger takes time that grows with the square of its digits. */
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,1000}");

    /** Three digits of exponent are enough for a double; a BigDecimal with more would take all memory when rounded. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,1000}(\\.[0-9]{1,1000})?([eE][+-]?[0-9]{1,3})?");

    private static final Map<Class<?>, Conversion<?>> SCALARS = scalars();

    private static final ClassValue<Optional<Conversion<?>>> DERIVED = new ClassValue<>() {
        @Override
        protected Optional<Conversion<?>> computeValue(Class<?> type) {
            if (type.isEnum()) {
                return Optional.of(constantOf(type));
            }
            return type.getPackageName().equals("java.time") ? parsed(type) : Optional.empty();
        }
    };

    /** The conversion to that type, if there is one. */
    @SuppressWarnings("unchecked")
    static <T> Optional<Conversion<T>> to(Class<T> type) {
        Conversion<T> scalar = (Conversion<T>) SCALARS.get(type);
        return scalar != null ? Optional.of(scalar) : (Optional<Conversion<T>>) (Optional<?>) DERIVED.get(type);
    }

    /**
     * The same for code that asks for a value of that type: it is an {@link IllegalArgumentException} if there is none.
     *
     * @param asked what is asked, for messages: {@code Param}
     */
    static <T> Conversion<T> required(Class<T> type, String asked) {
        return to(type).orElseThrow(() -> new IllegalArgumentException(
                asked + ".as: expected a scalar, an enum or a class of java.time with a parse method, got '"
                        + type.getName() + "'. Read value() and convert it."));
    }

    /** The type that a fallback says the value has; {@link IllegalArgumentException} for null. */
    static Class<?> typeOf(@Nullable Object fallback, String asked, String name) {
        if (fallback == null) {
            throw new IllegalArgumentException(asked + ".orElse: expected a fallback whose type says how to read '"
                    + name + "', got 'null'. Ask isPresent().");
        }
        return fallback instanceof Enum<?> constant ? constant.getDeclaringClass() : fallback.getClass();
    }

    /** What the client reads, for instance "Must be a number." */
    String expectation() {
        return "Must be " + expected + ".";
    }

    private static Map<Class<?>, Conversion<?>> scalars() {
        Map<Class<?>, Conversion<?>> scalars = new HashMap<>();
        put(scalars, INTEGER, Integer::valueOf, int.class, Integer.class);
        put(scalars, INTEGER, Long::valueOf, long.class, Long.class);
        put(scalars, INTEGER, Short::valueOf, short.class, Short.class);
        put(scalars, INTEGER, Byte::valueOf, byte.class, Byte.class);
        put(scalars, INTEGER, BigInteger::new, BigInteger.class);
        put(scalars, DECIMAL, Conversion::finiteDouble, double.class, Double.class);
        put(scalars, DECIMAL, Conversion::finiteFloat, float.class, Float.class);
        put(scalars, DECIMAL, BigDecimal::new, BigDecimal.class);
        scalars.put(String.class, new Conversion<>(text -> text, "text"));
        scalars.put(UUID.class, new Conversion<>(Conversion::uuid, "a UUID"));
        Conversion<Boolean> bool = new Conversion<>(Conversion::bool, "true or false");
        scalars.put(Boolean.class, bool);
        scalars.put(boolean.class, bool);
        return Map.copyOf(scalars);
    }

    private static void put(
            Map<Class<?>, Conversion<?>> scalars, Pattern form, Function<String, ?> parser, Class<?>... types) {
        Conversion<?> number = new Conversion<>(
                text -> {
                    if (!form.matcher(text).matches()) {
                        throw new NumberFormatException();
                    }
                    return parser.apply(text);
                },
                "a number");
        for (Class<?> type : types) {
            scalars.put(type, number);
        }
    }

    private static double finiteDouble(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException();
        }
        return number;
    }

    private static float finiteFloat(String text) {
        float number = Float.parseFloat(text);
        if (!Float.isFinite(number)) {
            throw new NumberFormatException();
        }
        return number;
    }

    /** UUID.fromString takes other forms too, so that several texts would mean one value. */
    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException();
        }
        return uuid;
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Conversion<?> constantOf(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        return new Conversion<>(
                text -> {
                    Object constant = constants.get(text);
                    if (constant == null) {
                        throw new IllegalArgumentException();
                    }
                    return constant;
                },
                "one of " + String.join(", ", constants.keySet()));
    }

    private static Optional<Conversion<?>> parsed(Class<?> type) {
        MethodHandle parse;
        try {
            parse = MethodHandles.publicLookup()
                    .findStatic(type, "parse", MethodType.methodType(type, CharSequence.class));
        } catch (ReflectiveOperationException absent) {
            return Optional.empty();
        }
        return Optional.of(new Conversion<>(
                text -> {
                    try {
                        return parse.invoke(text);
                    } catch (RuntimeException | Error malformed) {
                        throw malformed;
                    } catch (Throwable checked) {
                        throw new IllegalArgumentException(checked);
                    }
                },
                "an ISO 8601 " + type.getSimpleName()));
    }
}
