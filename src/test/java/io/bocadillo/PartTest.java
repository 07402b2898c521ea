package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.multipart.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartTest {

    private static final String DOCUMENT = """
            --B
            Content-Disposition: form-data; name="n"
            X-Note: a
            X-Note: b

            7
            --B
            Content-Disposition: form-data; name="f"; filename="../a.txt"
            Content-Type: text/plain

            content
            --B--
            """.replace("\n", "\r\n");

    /** Reads every part, each with its content, as threads of the source bring them. */
    private static final class Reader implements Flow.Subscriber<Part> {

        final List<Part> parts = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        final CompletableFuture<Void> end = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Part part) {
            parts.add(part);
            part.content().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ByteBuffer bytes) {
                    text.append(UTF_8.decode(bytes));
                }

                @Override
                public void onError(Throwable failure) {
                    text.append("failed");
                }

                @Override
                public void onComplete() {
                    text.append('|');
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    private static Reader read(String document, Limits limits) {
        Reader reader = new Reader();
        try (SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
            Part.publisher(body, "multipart/form-data; boundary=B", limits, lost -> {})
                    .subscribe(reader);
            for (byte b : document.getBytes(UTF_8)) {
                body.submit(ByteBuffer.wrap(new byte[] {b}));
            }
        }
        return reader;
    }

    @Test
    void partsAreReadAsTheyArrive() throws Exception {
        Reader reader = read(DOCUMENT, Settings.defaults().multipartLimits());
        reader.end.get(60, TimeUnit.SECONDS);
        assertThat(reader.text).hasToString("7|content|");
        Part field = reader.parts.get(0);
        assertThat(field.name()).isEqualTo("n");
        assertThat(field.fileName()).isNull();
        assertThat(field.contentType()).isNull();
        assertThat(field.headers().all("x-note")).containsExactly("a", "b");
        assertThatIllegalStateException().isThrownBy(() -> field.headers().add("X", "1"));
        Part file = reader.parts.get(1);
        assertThat(file.fileName()).isEqualTo("a.txt");
        assertThat(file.contentType()).isEqualTo("text/plain");
    }

    @Test
    void aBodyThatIsRefusedFailsWithTheAnswer() {
        Reader reader = read(DOCUMENT, new Limits(1, 100, 1000, 0));
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                .isThrownBy(() -> reader.end.get(60, TimeUnit.SECONDS))
                .havingCause()
                .isInstanceOf(HttpError.class)
                .satisfies(why -> assertThat(((HttpError) why).status()).isEqualTo(413));
        assertThat(reader.text).hasToString("7|");
    }

    @Test
    void withoutABoundaryThereAreNoParts() {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> Part.publisher(
                        new SubmissionPublisher<>(),
                        "multipart/form-data",
                        Settings.defaults().multipartLimits(),
                        lost -> {}))
                .returns(400, HttpError::status);
    }
}
