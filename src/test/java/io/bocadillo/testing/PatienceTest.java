package io.bocadillo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.App;
import io.bocadillo.Request;
import io.bocadillo.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that waits no longer goes, as one at a socket would. */
class PatienceTest {

    private final App app = new App();
    private final List<String> end = new CopyOnWriteArrayList<>();

    /** Has so many pieces, and no end. */
    private record Stalled(int pieces, Runnable onCancel) implements Flow.Publisher<String> {

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {

                private int sent;

                @Override
                public void request(long n) {
                    if (sent < pieces) {
                        sent++;
                        subscriber.onNext("piece");
                    }
                }

                @Override
                public void cancel() {
                    onCancel.run();
                }
            });
        }
    }

    private CompletionStage<?> stalled(Request req, Response res) {
        res.onDisconnect(() -> end.add("disconnected"));
        res.background(() -> end.add("task"));
        return res.stream(new Stalled(req.param("pieces").asInt(), () -> end.add("cancelled")));
    }

    @BeforeEach
    void views() {
        app.get("/stalled/{pieces}", this::stalled);
    }

    private void assertGone() {
        assertThat(end).containsExactly("cancelled", "disconnected", "task");
        assertThat(app.openExchanges()).isZero();
    }

    private TestClient impatient() {
        return TestClient.of(app, Duration.ofMillis(100));
    }

    @Test
    void aRequestThatGetsNoFirstPieceEnds() {
        assertThatIllegalStateException()
                .isThrownBy(() -> impatient().get("/stalled/0"))
                .withMessageStartingWith("answer: expected a piece of its stream within 100 ms, got none.");
        assertGone();
    }

    @Test
    void aRequestThatGetsNoNextPieceEnds() {
        assertThatIllegalStateException()
                .isThrownBy(() -> impatient().with("X-Any", "x").get("/stalled/2"))
                .withMessageStartingWith("answer: expected a piece of its stream within 100 ms, got none.");
        assertGone();
    }

    @Test
    void aRequestThatIsInterruptedEnds() {
        TestClient client = TestClient.of(app);
        Thread.currentThread().interrupt();
        assertThatIllegalStateException()
                .isThrownBy(() -> client.get("/stalled/0"))
                .withMessage("interrupted while it waited for the answer");
        assertThat(Thread.interrupted()).isTrue();
        assertGone();
    }

    @Test
    void aStreamThatGetsNoFirstPieceEnds() {
        assertThatIllegalStateException().isThrownBy(() -> impatient().stream("/stalled/0"));
        assertGone();
    }

    @Test
    void aStreamThatGetsNoNextPieceGoesOnUntilItIsClosed() throws InterruptedException {
        try (TestStream stream = impatient().stream("/stalled/1")) {
            assertThat(stream.next()).isEqualTo("piece");
            assertThatIllegalStateException().isThrownBy(stream::next);
            assertThat(end).isEmpty();
        }
        assertGone();
    }
}
