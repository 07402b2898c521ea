package io.bocadillo;

import io.bocadillo.multipart.Boundary;
import io.bocadillo.multipart.Limits;
import io.bocadillo.multipart.MultipartException;
import io.bocadillo.multipart.PartHead;
import io.bocadillo.multipart.PartsPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a {@code multipart/form-data} body that is read as it arrives. */
public final class Part {

    private final PartHead head;
    private final Headers headers;
    private final Flow.Publisher<ByteBuffer> content;

    Part(PartHead head, Flow.Publisher<ByteBuffer> content) {
        this.head = head;
        this.headers = Headers.received();
        head.headers().forEach(header -> headers.add(header.name(), header.value()));
        headers.freeze();
        this.content = content;
    }

    /**
     * The parts of a body; a refused one fails with {@link HttpError}.
     *
     * @param lost gets what a subscriber throws that can be told nothing more
     * @throws HttpError 400 if the content type names no valid boundary
     */
    static Flow.Publisher<Part> publisher(
            Flow.Publisher<ByteBuffer> body, String contentType, Limits limits, Consumer<? super Throwable> lost) {
        try {
            return new PartsPublisher<>(body, Boundary.in(contentType), limits, Part::new, Form::refusal, lost);
        } catch (MultipartException malformed) {
            throw Form.refusal(malformed);
        }
    }

    /** The name of the form field. */
    public String name() {
        return head.name();
    }

    /** What the client calls the file, as {@link UploadedFile#fileName} has it; null for a field that is no file. */
    public @Nullable String fileName() {
        return head.fileName();
    }

    /** The {@code Content-Type} that the client gives, unproven; null when it gives none. */
    public @Nullable String contentType() {
        return head.contentType();
    }

    /** All header fields of the part, final. */
    public Headers headers() {
        return headers;
    }

    /**
     * The content as it arrives, for one subscriber, who subscribes before the next part is asked for.
     *
     * <p>What nobody subscribes to is skipped. A buffer belongs to the subscriber.
     */
    public Flow.Publisher<ByteBuffer> content() {
        return content;
    }
}
