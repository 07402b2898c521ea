package io.bocadillo.routing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts values into a pattern, and proves that the pattern reads the same values back from the path. */
final class PathFormat {

    private final Pattern pattern;
    private final Map<String, ?> given;

    PathFormat(Pattern pattern, Map<String, ?> given) {
        this.pattern = pattern;
        this.given = given;
    }

    String format() {
        requireNames();
        Map<String, String> values = new HashMap<>();
        pattern.names().forEach(name -> values.put(name, text(name)));
        if (!isReadBack(values)) {
            throw unfit();
        }
        return path(values).encoded();
    }

    private String text(String name) {
        return String.valueOf(given.get(name));
    }

    private void requireNames() {
        if (pattern.names().size() < pattern.params().size()) {
            throw refused("a name for each parameter to format", "{}", "Name it: {x:path}, or {x} beside text.");
        }
        for (String name : pattern.names()) {
            if (given.get(name) == null) {
                throw refused(
                        "a value for each of " + pattern.names(), given.keySet().toString(), "Add '" + name + "'.");
            }
        }
        for (String name : pattern.names()) {
            Object value = Objects.requireNonNull(given.get(name));
            if (!isOne(value)) {
                throw refused(
                        "one value for parameter '" + name + "'",
                        value.getClass().getSimpleName(),
                        "Pass what is in it.");
            }
        }
        for (String name : given.keySet()) {
            if (!pattern.names().contains(name)) {
                throw refused("one of " + pattern.names(), name, "Remove it, or add {" + name + "} to the pattern.");
            }
        }
    }

    /** Whether its text is that of a value, and not of something around values. */
    private static boolean isOne(Object value) {
        return value instanceof java.nio.file.Path
                || !(value instanceof Iterable
                        || value instanceof Map
                        || value instanceof Optional
                        || value.getClass().isArray());
    }

    private Path path(Map<String, String> values) {
        return pattern.fill(param -> values.get(param.name()));
    }

    private boolean isReadBack(Map<String, String> values) {
        try {
            String[] read = pattern.match(Path.parse(path(values).encoded(), 0));
            return read != null
                    && Arrays.asList(read)
                            .equals(pattern.names().stream().map(values::get).toList());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Finds the parameter to blame: the first whose value fails once those before it are in place. */
    private IllegalArgumentException unfit() {
        Map<String, String> values = new HashMap<>();
        // One digit fits every parameter.
        pattern.names().forEach(name -> values.put(name, "1"));
        for (int i = 0; i < pattern.names().size(); i++) {
            String name = pattern.names().get(i);
            values.put(name, text(name));
            if (!isReadBack(values)) {
                return refused(
                        pattern.params().get(i).converter() + " for parameter '" + name + "'",
                        text(name),
                        "Pass a value that the route would read back from the path.");
            }
        }
        throw new AssertionError("all values together do not fit, and each of them does: " + values);
    }

    private IllegalArgumentException refused(String expected, String got, String remedy) {
        return Pattern.refused(pattern.toString(), expected, got, remedy);
    }
}
