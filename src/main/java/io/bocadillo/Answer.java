package io.bocadillo;

import io.bocadillo.files.FileAnswer;
import io.bocadillo.files.MediaTypes;
import io.bocadillo.files.Representation;
import io.bocadillo.streams.MappedPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What an answering method of {@link Response} records: the body, and what follows from it for the head.
 *
 * @param status {@link #NO_STATUS} if nothing follows
 * @param bytes the body, unless there is a stream
 * @param type the {@code Content-Type} unless one is set
 * @param fields further header fields
 */
record Answer(
        int status,
        byte[] bytes,
        @Nullable Streamed stream,
        @Nullable String type,
        Map<String, String> fields) {

    static final int NO_STATUS = 0;

    private static final byte[] NOTHING = {};

    /** The second one keeps nginx from collecting events before it hands them on. */
    private static final Map<String, String> NOT_CACHED =
            Map.of("Cache-Control", "no-cache", "X-Accel-Buffering", "no");

    static final Answer NONE = new Answer(NO_STATUS, NOTHING, null, null, Map.of());
    static final Answer EMPTY = new Answer(204, NOTHING, null, null, Map.of());

    static Answer of(byte[] bytes, String type) {
        return new Answer(NO_STATUS, bytes, null, type, Map.of());
    }

    static Answer of(Streamed stream, String type) {
        return new Answer(NO_STATUS, NOTHING, stream, type, Map.of());
    }

    /**
     * A file, of which the request gets what it asks for unless it is the answer to an error, or of another status.
     *
     * @param type what it is unless the head says so; {@link ContentType#BYTES} for that of its extension
     */
    static Answer file(Path path, String type, Head head, Request request) {
        boolean conditional = !head.isOfError() && head.status(NO_STATUS) == 200;
        if (conditional) {
            head.unsetStatus();
        }
        Headers headers = head.headers();
        String set = headers.get("Content-Type");
        String standard = type.equals(ContentType.BYTES) ? MediaTypes.of(path.toString()) : type;
        Representation file = representation(path, set == null ? standard : set, headers);
        FileAnswer part = conditional
                ? FileAnswer.of(file, request.method(), request.headers()::all)
                : FileAnswer.whole(file, request.method());
        Map<String, String> fields = new HashMap<>(part.headers());
        String partType = fields.remove("Content-Type");
        if (part.status() != 200 && set != null) {
            // Several parts have a type of their own, and an answer without a body has none.
            headers.remove("Content-Type");
        }
        Flow.Publisher<ByteBuffer> body = new MappedPublisher<ByteBuffer, ByteBuffer>(
                part.body(request.readingThreads()), piece -> piece, Answer::unreadable);
        Streamed stream = part.length() == 0 ? null : new Streamed(body, part.length(), () -> {});
        return new Answer(part.status() == 200 ? NO_STATUS : part.status(), NOTHING, stream, partType, fields);
    }

    /** With the validators that are set: by these the client will ask again (RFC 9110, section 13.1). */
    private static Representation representation(Path path, String type, Headers headers) {
        try {
            return Representation.of(path, type).withValidators(headers.get("ETag"), headers.get("Last-Modified"));
        } catch (IOException failure) {
            if (unreadable(failure) instanceof HttpError missing) {
                throw missing;
            }
            throw new UncheckedIOException(failure);
        }
    }

    /** A file that is not there, when it is looked at or when it is opened, is a 404. */
    private static Throwable unreadable(Throwable failure) {
        return failure instanceof NoSuchFileException || failure instanceof AccessDeniedException
                ? new HttpError(404, null, failure)
                : failure;
    }

    static Answer events(Streamed stream) {
        return new Answer(NO_STATUS, NOTHING, stream, ContentType.EVENTS, NOT_CACHED);
    }

    static Answer redirect(String location) {
        return new Answer(302, NOTHING, null, null, Map.of("Location", location));
    }

    Flow.@Nullable Publisher<ByteBuffer> publisher() {
        return stream == null ? null : stream.publisher();
    }

    /** Lets go of the source of a body that nobody will send. */
    void discard() {
        if (stream != null) {
            stream.discard().run();
        }
    }

    /** The length of the body in bytes, {@link Streamed#UNKNOWN_LENGTH} if that is not known. */
    long length() {
        return stream == null ? bytes.length : stream.length();
    }

    /** Completes header fields, and says what it has added: nothing that was there. */
    Answer addTo(Headers headers) {
        String added = headers.contains("Content-Type") ? null : type;
        if (added != null) {
            headers.set("Content-Type", added);
        }
        if (fields.isEmpty()) {
            return Objects.equals(added, type) ? this : new Answer(status, bytes, stream, null, fields);
        }
        Map<String, String> addedFields = new HashMap<>();
        fields.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
                addedFields.put(name, value);
            }
        });
        return new Answer(status, bytes, stream, added, addedFields);
    }

    /** Removes what it has added, unless it was changed since. */
    void takeBackFrom(Headers headers) {
        if (type != null && type.equals(headers.get("Content-Type"))) {
            headers.remove("Content-Type");
        }
        if (fields.isEmpty()) {
            return;
        }
        fields.forEach((name, value) -> {
            if (value.equals(headers.get(name))) {
                headers.remove(name);
            }
        });
    }
}
