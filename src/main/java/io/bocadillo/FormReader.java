package io.bocadillo;

import io.bocadillo.multipart.Boundary;
import io.bocadillo.multipart.DiskFullException;
import io.bocadillo.multipart.FormCollector;
import io.bocadillo.multipart.MultipartException;
import io.bocadillo.multipart.MultipartParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Parses a multipart form as it arrives: what is small stays in memory, files beyond that go to disk. */
final class FormReader implements Flow.Subscriber<ByteBuffer> {

    /** A file up to here costs less in memory than on disk. */
    private static final int SMALL_FILE = 64 * 1024;

    private final FormCollector collector;
    private final MultipartParser parser;
    private final CompletableFuture<Form> form = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /** Creates a reader; {@link HttpError} 400 if the type names no boundary. */
    FormReader(String contentType, Settings settings) {
        this.collector =
                new FormCollector(settings.maxBody(), SMALL_FILE, Path.of(System.getProperty("java.io.tmpdir")));
        try {
            this.parser = new MultipartParser(Boundary.in(contentType), settings.multipartLimits(), collector);
        } catch (MultipartException malformed) {
            throw Form.refusal(malformed);
        }
    }

    /** The form as soon as all of it has been read. */
    CompletionStage<Form> form() {
        return form;
    }

    /** Whether {@link #close} has a disk to wait for; asking waits for nothing. */
    boolean isOnDisk() {
        return collector.isOnDisk();
    }

    /** Deletes what has gone to disk and has not been moved. */
    void close() throws IOException {
        collector.close();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        try {
            parser.feed(piece);
        } catch (Throwable failure) {
            if (subscription != null) {
                subscription.cancel();
            }
            onError(reported(failure));
            return;
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    /** Deletes the files of the form at once: others may have waited for their room. */
    @Override
    public void onError(Throwable failure) {
        try {
            collector.close();
        } catch (IOException undeleted) {
            // It is closed again at the end of the exchange, which tells.
        }
        form.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            parser.end();
            form.complete(Form.of(collector));
        } catch (MultipartException malformed) {
            onError(Form.refusal(malformed));
        } catch (Throwable failure) {
            onError(failure);
        }
    }

    /** What becomes of a failure in the middle of the body. */
    private static Throwable reported(Throwable failure) {
        HttpError answer;
        if (failure instanceof MultipartException malformed) {
            answer = Form.refusal(malformed);
        } else if (failure instanceof DiskFullException) {
            // RFC 4918, section 11.5; the cause is logged.
            answer = new HttpError(507, "form: expected room for its files, got a disk that takes no more.", failure);
        } else if (failure instanceof IOException) {
            answer = new HttpError(500, "form: expected its files to be stored, got a disk that fails.", failure);
        } else {
            return failure;
        }
        // The rest would stand before the next request (RFC 9112, section 9.3).
        return answer.header("Connection", "close");
    }
}
