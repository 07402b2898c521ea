package io.bocadillo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link Session} keeps: of few types, which are the same before and after they were JSON, and never changes. */
final class SessionValue {

    private static final int DEEPEST = 16;
    private static final Set<Class<?>> TYPES =
            Set.of(String.class, Integer.class, Long.class, Double.class, Boolean.class, List.class, Map.class);

    private SessionValue() {}

    /** An unmodifiable copy; {@link IllegalArgumentException} for a value of another type. */
    static Object of(String name, @Nullable Object value) {
        return of(name, value, 0);
    }

    /** The value as that type, empty if it is of another one; {@link IllegalArgumentException} for a type of no value. */
    static <T> Optional<T> as(@Nullable Object value, Class<T> type) {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException(
                    "session: expected String, Integer, Long, Double, Boolean, List or Map, got '" + type.getName()
                            + "'. Ask for one of these.");
        }
        Object read = value instanceof Long whole ? number(whole, type) : value;
        return type.isInstance(read) ? Optional.of(type.cast(read)) : Optional.empty();
    }

    private static Object of(String name, @Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw refused(name, "values nested at most " + DEEPEST + " deep", "deeper ones");
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
        }
        if (value instanceof Collection<?> items) {
            List<Object> copy = new ArrayList<>(items.size());
            items.forEach(item -> copy.add(of(name, item, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            return copy(name, map, depth);
        }
        throw refused(
                name,
                "a text, a long, a finite double, a boolean, or a list or map of these",
                value == null ? "null" : value + "' of " + value.getClass().getName() + "'");
    }

    private static Map<String, Object> copy(String name, Map<?, ?> map, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String text)) {
                throw refused(name, "a map with texts as keys", String.valueOf(key));
            }
            copy.put(text, of(name, value, depth + 1));
        });
        return Collections.unmodifiableMap(copy);
    }

    /** Another one if it is too large to be one of that type. */
    private static Object number(Long whole, Class<?> type) {
        if (type == Double.class) {
            return whole.doubleValue();
        }
        boolean isInt = type == Integer.class && whole.intValue() == whole;
        return isInt ? (Object) whole.intValue() : whole;
    }

    private static IllegalArgumentException refused(String name, String expected, String got) {
        return new IllegalArgumentException("session '" + name + "': expected " + expected + ", got '" + got
                + "'. Keep an identifier, or write it as text.");
    }
}
