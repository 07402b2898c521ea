package io.bocadillo;

import io.bocadillo.routing.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order; names compare without regard to case (RFC 9110, section 5.1).
 *
 * <p>Not safe for use by several threads at once. Those of a request, and those of a response that goes out, are final:
 * changing them is an {@link IllegalStateException}.
 */
public final class Headers {

    private static final int INITIAL_FIELDS = 4;

    private static final String[] NONE = {};

    /** Fields as they stood once: the first of an array, which stay as they are. */
    record Mark(String[] fields, int length, boolean distinct) {
        static final Mark NOTHING = new Mark(NONE, 0, true);
    }

    /** Names at even places, their values after them; allocated with the first field. */
    private String[] fields = NONE;

    /** Whether a mark has the same array: then what stands in it stays, and only its free places are used. */
    private boolean shared;

    /** Whether it is known that no name stands there twice, because all fields but the first were {@link #set}. */
    private boolean distinct = true;

    private int length;
    private volatile boolean frozen;
    private final boolean received;

    /** Creates an empty set of fields to send. */
    public Headers() {
        this(false);
    }

    private Headers(boolean received) {
        this.received = received;
    }

    /** For servers: an empty set for the fields of a request, which are taken as the server read them. */
    public static Headers received() {
        return new Headers(true);
    }

    /** The value of the first field of that name, or null. */
    public @Nullable String get(String name) {
        int i = indexOf(name, 0);
        return i < 0 ? null : fields[i + 1];
    }

    /** The values of all fields of that name, in order; empty when there is none. */
    public List<String> all(String name) {
        int i = indexOf(name, 0);
        if (i < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(1);
        for (; i >= 0; i = indexOf(name, i + 2)) {
            values.add(fields[i + 1]);
        }
        return Collections.unmodifiableList(values);
    }

    /** The value of the first field of that name, which is UTF-8: servers read fields as Latin-1. */
    @Nullable
    String utf8(String name) {
        String latin1 = get(name);
        return latin1 == null ? null : new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whether there is a field of that name. */
    public boolean contains(String name) {
        return indexOf(name, 0) >= 0;
    }

    /**
     * Makes {@code value} the only one of that name.
     *
     * @throws IllegalArgumentException for a name or a value that can't be one (RFC 9110, section 5)
     */
    public Headers set(String name, String value) {
        checkOpen();
        int i = indexOf(name, 0);
        if (i < 0) {
            return append(name, value);
        }
        checkValue(name, value);
        unshare();
        fields[i + 1] = value;
        removeFrom(i + 2, name);
        return this;
    }

    /**
     * Adds a field, after those of the same name.
     *
     * @throws IllegalArgumentException for a name or a value that can't be one (RFC 9110, section 5)
     */
    public Headers add(String name, String value) {
        checkOpen();
        distinct = length == 0;
        return append(name, value);
    }

    private Headers append(String name, String value) {
        if (!received) {
            checkName(name);
            checkValue(name, value);
        }
        if (length == fields.length) {
            fields = Arrays.copyOf(fields, Math.max(2 * INITIAL_FIELDS, 2 * length));
            shared = false;
        }
        fields[length++] = name;
        fields[length++] = value;
        return this;
    }

    /** Adds every field of {@code others}. */
    public Headers addAll(Headers others) {
        others.forEach(this::add);
        return this;
    }

    /** Removes every field of that name. */
    public Headers remove(String name) {
        checkOpen();
        removeFrom(0, name);
        return this;
    }

    /** Says in {@code Vary} that the answer depends on that field of the request, unless it does (RFC 9110, section 12.5.5). */
    public Headers vary(String name) {
        String first = get("Vary");
        if (first == null) {
            return add("Vary", name);
        }
        if (first.equalsIgnoreCase(name)) {
            return this;
        }
        for (String value : all("Vary")) {
            for (String known : value.split(",")) {
                if (known.strip().equalsIgnoreCase(name) || known.strip().equals("*")) {
                    return this;
                }
            }
        }
        return set("Vary", String.join(", ", all("Vary")) + ", " + name);
    }

    /** Sets every field of {@code others}, in the place of those of its name; {@code Vary} besides what it says already. */
    void take(Headers others) {
        others.copyTo(varyOr(this::set), varyOr(this::add));
    }

    private BiConsumer<String, String> varyOr(BiConsumer<String, String> action) {
        return (name, value) -> {
            if (!name.equalsIgnoreCase("Vary")) {
                action.accept(name, value);
                return;
            }
            for (String field : value.split(",")) {
                vary(field.strip());
            }
        };
    }

    /** Whether there is no field at all. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** Calls {@code action} with name and value of every field, in order. */
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** For servers: hands every field over in order, the first of its name to {@code set}, further ones to {@code add}. */
    public void copyTo(BiConsumer<String, String> set, BiConsumer<String, String> add) {
        for (int i = 0; i < length; i += 2) {
            (distinct || indexOf(fields[i], 0) == i ? set : add).accept(fields[i], fields[i + 1]);
        }
    }

    /** The fields as they go over the wire, a line each. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }

    /** Refuses every change from here on. */
    Headers freeze() {
        frozen = true;
        return this;
    }

    /** The fields as they stand now, to {@link #returnTo}. */
    Mark mark() {
        if (length == 0) {
            return Mark.NOTHING;
        }
        shared = true;
        return new Mark(fields, length, distinct);
    }

    /** Takes over the fields of a mark in the place of its own. */
    void returnTo(Mark mark) {
        checkOpen();
        fields = Arrays.copyOf(mark.fields, mark.length);
        length = mark.length;
        distinct = mark.distinct;
        shared = false;
    }

    /** An independent copy, open to changes. */
    Headers copy() {
        Headers copy = new Headers();
        copy.fields = Arrays.copyOf(fields, length);
        copy.length = length;
        copy.distinct = distinct;
        return copy;
    }

    private int indexOf(String name, int from) {
        for (int i = from; i < length; i += 2) {
            if (isSame(fields[i], name)) {
                return i;
            }
        }
        return -1;
    }

    /** Most names of one length differ in their last character, by more than the bit that lower case is. */
    private static boolean isSame(String name, String other) {
        int last = name.length() - 1;
        return last == other.length() - 1
                && (last < 0 || (name.charAt(last) | ' ') == (other.charAt(last) | ' '))
                && name.equalsIgnoreCase(other);
    }

    private void removeFrom(int start, String name) {
        int kept = indexOf(name, start);
        if (kept < 0) {
            return;
        }
        unshare();
        for (int i = kept + 2; i < length; i += 2) {
            if (!isSame(fields[i], name)) {
                fields[kept] = fields[i];
                fields[kept + 1] = fields[i + 1];
                kept += 2;
            }
        }
        length = kept;
    }

    private void unshare() {
        if (shared) {
            fields = fields.clone();
            shared = false;
        }
    }

    private void checkOpen() {
        if (frozen) {
            throw new IllegalStateException("headers: expected a change before they are final, got one after."
                    + " Those of a request never change, those of a response until it goes out.");
        }
    }

    private static void checkName(String name) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("header: expected a name that is a token (RFC 9110, section 5.1), got '"
                    + Printable.of(name) + "'. Use letters, digits and '-'.");
        }
    }

    /**
     * A line break in a value would let whoever chose it write headers of their own (RFC 9110, section 5.5), and so would
     * a character beyond Latin-1 whose lower byte is one, on servers that cut it to a byte.
     */
    private static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F || c > 0xFF) {
                throw new IllegalArgumentException("header " + name + ": expected visible Latin-1 characters, got '"
                        + Printable.of(value) + "'. Encode the value, for instance with percent-encoding.");
            }
        }
    }
}
