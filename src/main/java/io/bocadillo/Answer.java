package io.bocadillo;

import io.bocadillo.files.FileAnswer;
import io.bocadillo.files.MediaTypes;
import io.bocadillo.files.Representation;
import io.bocadillo.staticfiles.StaticFile;
import io.bocadillo.streams.EncodedPublisher;
import io.bocadillo.streams.MappedPublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
        String set = head.headers().get("Content-Type");
        String standard = type.equals(ContentType.BYTES) ? MediaTypes.of(path.toString()) : type;
        return file(representation(path, set == null ? standard : set, head.headers()), head, request);
    }

    /** A file that is served as it is, or in a content coding, of which the coded form is then what ranges are of. */
    static Answer file(StaticFile file, Head head, Request request) {
        Answer answer = file(file.representation(), head, request);
        if (file.varies()) {
            head.headers().vary("Accept-Encoding");
        }
        if (answer.status != 412 && answer.status != 416) {
            answer.fields.put("Cache-Control", file.cacheControl());
        }
        if (file.coding() != null && answer.type != null) {
            answer.fields.put("Content-Encoding", file.coding());
        }
        return answer;
    }

    private static Answer file(Representation file, Head head, Request request) {
        boolean conditional = !head.isOfError() && head.status(NO_STATUS) == 200;
        if (conditional) {
            head.unsetStatus();
        }
        FileAnswer part = conditional
                ? FileAnswer.of(file, request.method(), request.headers()::all)
                : FileAnswer.whole(file, request.method());
        Map<String, String> fields = new HashMap<>(part.headers());
        String partType = fields.remove("Content-Type");
        if (part.status() != 200 && head.headers().contains("Content-Type")) {
            // Several parts have a type of their own, and an answer without a body has none.
            head.headers().remove("Content-Type");
        }
        Flow.Publisher<ByteBuffer> body = new MappedPublisher<ByteBuffer, ByteBuffer>(
                part.body(request.executor()), piece -> piece, Answer::unreadable);
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

    /** A redirect of the status that is set, if it is one of a redirect. */
    static Answer redirect(String location, Head head) {
        if (!Redirect.isStatus(head.setStatus())) {
            head.unsetStatus();
        }
        head.headers().remove("Location");
        return new Answer(302, NOTHING, null, null, Map.of("Location", location));
    }

    /**
     * This answer, recorded, in a content coding. A stream of unknown length may be one that goes on for hours: what it has
     * is sent at once.
     */
    Answer encoded(ContentCoding coding, Headers headers) {
        Map<String, String> implied = new HashMap<>(fields);
        implied.put("Content-Encoding", coding.name());
        headers.set("Content-Encoding", coding.name()).remove("Accept-Ranges");
        String tag = headers.get("ETag");
        if (tag != null && !tag.startsWith("W/")) {
            headers.set("ETag", "W/" + tag);
            implied.put("ETag", "W/" + tag);
        }
        if (stream == null) {
            return new Answer(status, encoded(bytes, coding), null, type, implied);
        }
        EncodedPublisher encoded =
                new EncodedPublisher(stream.publisher(), coding::encode, stream.length() == Streamed.UNKNOWN_LENGTH);
        return new Answer(
                status, NOTHING, new Streamed(encoded, Streamed.UNKNOWN_LENGTH, stream.discard()), type, implied);
    }

    private static byte[] encoded(byte[] body, ContentCoding coding) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(body.length / 4);
        try (OutputStream encoder = coding.encode(encoded)) {
            encoder.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return encoded.toByteArray();
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
