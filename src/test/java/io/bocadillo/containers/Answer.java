package io.bocadillo.containers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One answer as it came over the wire, the body without its framing. */
public record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body) {

    /** The value of the one field of that name, or null; several of them are an error. */
    public String header(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new AssertionError("expected " + name + " at most once, got " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The values of all fields of that name. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + headers + " " + (text.length() > 500 ? text.substring(0, 500) + "..." : text);
    }
}
