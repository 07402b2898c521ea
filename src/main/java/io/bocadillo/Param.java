package io.bocadillo;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;

/**
 * A value that came with the request, from the path, the query, a header or a cookie: raw text, read as what the
 * application needs.
 *
 * <p>A required value that is missing, or one that does not read as the type asked for, ends the request with
 * {@link HttpError} 400 whose detail names the parameter: {@code {"n": "Must be a number."}}.
 */
public final class Param {

    private final String name;
    private final List<String> values;

    Param(String name, List<String> values) {
        this.name = name;
        this.values = values;
    }

    /** Whether there is a value. */
    public boolean isPresent() {
        return !values.isEmpty();
    }

    /** The raw text; the first one when there are several. */
    public String value() {
        if (values.isEmpty()) {
            throw invalid("Is required.");
        }
        return values.get(0);
    }

    /** All raw values in their order, unmodifiable; empty when there is none. */
    public List<String> values() {
        return values;
    }

    /** The value as a decimal {@code int}. */
    public int asInt() {
        return as(Integer.class);
    }

    /** The value as a decimal {@code long}. */
    public long asLong() {
        return as(Long.class);
    }

    /** The value as a boolean: {@code true}, {@code 1}, {@code yes}, {@code on} or their opposites, in any case. */
    public boolean asBoolean() {
        return as(Boolean.class);
    }

    /**
     * The value as {@code type}: a primitive or its box, {@code String}, {@code BigInteger}, {@code BigDecimal},
     * {@code UUID}, an enum (by constant name), or a class of {@code java.time} with a {@code parse} method (ISO 8601).
     *
     * @throws IllegalArgumentException for any other type
     */
    public <T> T as(Class<T> type) {
        return read(Conversion.required(type, "Param"));
    }

    /**
     * The value as the type of {@code fallback}, or {@code fallback} when there is none:
     * {@code int n = req.query("n").orElse(10)}.
     *
     * @throws IllegalArgumentException for null, and for a type that {@link #as} does not know
     */
    @SuppressWarnings("unchecked")
    public <T> T orElse(T fallback) {
        Conversion<?> conversion = Conversion.required(Conversion.typeOf(fallback, "Param", name), "Param");
        return values.isEmpty() ? fallback : (T) read(conversion);
    }

    /** The raw text for messages, empty when there is no value. */
    @Override
    public String toString() {
        return values.isEmpty() ? "" : values.get(0);
    }

    private <T> T read(Conversion<T> conversion) {
        try {
            return conversion.parser().apply(value());
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw invalid(conversion.expectation());
        }
    }

    private HttpError invalid(String expectation) {
        return new HttpError(400, Map.of(name, expectation));
    }
}
