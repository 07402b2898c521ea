package io.bocadillo;

import io.bocadillo.routing.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream, as the HTML standard has it (section 9.2, server-sent events); immutable: {@code
 * ServerEvent.json(reading).name("temperature").id("7")}.
 *
 * <p>It is written once, however many clients it is sent to.
 */
public final class ServerEvent {

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    private final @Nullable String comment;
    private final @Nullable String id;
    private final @Nullable String name;
    private final @Nullable Object data;
    private final boolean json;
    private final @Nullable Duration retry;
    private volatile byte @Nullable [] written;

    private ServerEvent(
            @Nullable String comment,
            @Nullable String id,
            @Nullable String name,
            @Nullable Object data,
            boolean json,
            @Nullable Duration retry) {
        this.comment = comment;
        this.id = id;
        this.name = name;
        this.data = data;
        this.json = json;
        this.retry = retry;
    }

    /** An event whose data is that text, of one line or several. */
    public static ServerEvent of(String data) {
        return new ServerEvent(null, null, null, data, false, null);
    }

    /** An event whose data is a value, or null, written as JSON by the codec of the app. */
    public static ServerEvent json(@Nullable Object value) {
        return new ServerEvent(null, null, null, value, true, null);
    }

    /** No event but a line that clients ignore. */
    public static ServerEvent comment(String text) {
        return new ServerEvent(text, null, null, null, false, null);
    }

    /**
     * Sets the identifier that a client which comes back gives as {@link Request#lastEventId}.
     *
     * @throws IllegalArgumentException for one with a line break or a NUL: it could not be told apart from other fields
     */
    public ServerEvent id(String id) {
        return new ServerEvent(comment, line("id", id), name, data, json, retry);
    }

    /** Sets the type, {@code message} unless set; {@link IllegalArgumentException} for one with a line break or a NUL. */
    public ServerEvent name(String name) {
        return new ServerEvent(comment, id, line("name", name), data, json, retry);
    }

    /** Tells the client how long to wait before it comes back; {@link IllegalArgumentException} if that is negative. */
    public ServerEvent retry(Duration retry) {
        if (retry.isNegative()) {
            throw new IllegalArgumentException(
                    "retry of an event: expected zero or more, got '" + retry + "'. Give a time to wait.");
        }
        return new ServerEvent(comment, id, name, data, json, retry);
    }

    /** Whether it is an event of the same fields, with equal data. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerEvent event
                && Objects.equals(comment, event.comment)
                && Objects.equals(id, event.id)
                && Objects.equals(name, event.name)
                && Objects.equals(data, event.data)
                && json == event.json
                && Objects.equals(retry, event.retry);
    }

    @Override
    public int hashCode() {
        return Objects.hash(comment, id, name, data, json, retry);
    }

    /** The fields that are set, for logs: one line, and long data cut. */
    @Override
    public String toString() {
        StringJoiner fields = new StringJoiner(", ", "ServerEvent[", "]");
        show(fields, "comment", comment);
        show(fields, "id", id);
        show(fields, "name", name);
        show(fields, json ? "json" : "data", json ? String.valueOf(data) : data);
        show(fields, "retry", retry);
        return fields.toString();
    }

    private static void show(StringJoiner fields, String field, @Nullable Object value) {
        if (value != null) {
            fields.add(field + "=" + Printable.of(value.toString()));
        }
    }

    /** The identifier that a client comes back with; servers read header fields as Latin-1, this one is UTF-8. */
    static List<String> lastId(Headers headers) {
        return headers.all("Last-Event-ID").stream()
                .limit(1)
                .map(latin1 -> new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .toList();
    }

    /** The event as it goes over the wire, read-only in effect: nobody changes the array. */
    ByteBuffer write(Json codec) {
        byte[] bytes = written;
        if (bytes == null) {
            bytes = text(codec).getBytes(StandardCharsets.UTF_8);
            written = bytes;
        }
        return ByteBuffer.wrap(bytes);
    }

    private String text(Json codec) {
        StringBuilder text = new StringBuilder();
        lines(text, "", comment);
        lines(text, "id", id);
        lines(text, "event", name);
        if (json) {
            lines(text, "data", new String(codec.encode(data), StandardCharsets.UTF_8));
        } else {
            lines(text, "data", (String) data);
        }
        lines(text, "retry", retry == null ? null : Long.toString(retry.toMillis()));
        return text.append('\n').toString();
    }

    /** Every kind of line break ends a field, so each line is a field of its own. */
    private static void lines(StringBuilder text, String field, @Nullable String value) {
        if (value == null) {
            return;
        }
        // Most texts are of one line, and looking at each character with the pattern costs more than all the rest.
        boolean isOneLine = value.indexOf('\n') < 0 && value.indexOf('\r') < 0;
        for (String line : isOneLine ? new String[] {value} : LINE_BREAK.split(value, -1)) {
            text.append(field).append(": ").append(line).append('\n');
        }
    }

    private static String line(String what, String value) {
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new IllegalArgumentException(what + " of an event: expected one line without NUL, got '"
                    + Printable.of(value) + "'. Send the text as its data.");
        }
        return value;
    }
}
