package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import io.bocadillo.streams.MappedPublisher;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ResponseStreamTest {

    private final App app = new App();
    private final AtomicInteger closed = new AtomicInteger();

    private TestResponse answerOf(View view) {
        app.any("/", view);
        return TestClient.of(app).get("/");
    }

    private TestStream streamOf(View view) {
        app.get("/", view);
        return TestClient.of(app).stream("/");
    }

    private Stream<Object> closing(Object... items) {
        return Stream.of(items).onClose(closed::incrementAndGet);
    }

    /** It is closed where it would have been read. */
    private void awaitClosed() {
        for (int i = 0; i < 300 && closed.get() == 0; i++) {
            pause();
        }
        assertThat(closed).hasValue(1);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Publishes the items on the threads that ask, then ends, or fails if there is a failure. */
    private static Flow.Publisher<Object> publisher(List<?> items, AtomicReference<String> log, Throwable... failure) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private int next;
            private boolean over;

            @Override
            public void request(long n) {
                log.accumulateAndGet(" request " + n, String::concat);
                for (long i = 0; i < n && next < items.size() && !over; i++) {
                    subscriber.onNext(items.get(next++));
                }
                if (next == items.size() && !over) {
                    over = true;
                    if (failure.length > 0) {
                        subscriber.onError(failure[0]);
                    } else {
                        subscriber.onComplete();
                    }
                }
            }

            @Override
            public void cancel() {
                over = true;
                log.accumulateAndGet(" cancel", String::concat);
            }
        });
    }

    private static Flow.Publisher<Object> publisher(Object... items) {
        return publisher(List.of(items), new AtomicReference<>(""));
    }

    @Test
    void aPublisherGivesTextBytesAndBuffers() {
        TestResponse response =
                answerOf((req, res) -> res.stream(publisher("é", new byte[] {'b'}, ByteBuffer.wrap(new byte[] {'c'}))));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ébc");
        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.header("Content-Length")).isNull();
    }

    @Test
    void aPublisherIsAskedAsTheClientTakes() throws InterruptedException {
        AtomicReference<String> log = new AtomicReference<>("");
        try (TestStream stream = streamOf((req, res) -> res.stream(publisher(List.of("a", "b", "c"), log)))) {
            assertThat(log.get()).isEqualTo(" request 1");
            assertThat(stream.next()).isEqualTo("a");
            assertThat(log.get()).isEqualTo(" request 1 request 1");
        }
        assertThat(log.get()).endsWith(" cancel");
    }

    @Test
    void aPublisherOfAnotherThreadIsTakenToItsEnd() throws InterruptedException {
        SubmissionPublisher<String> news = new SubmissionPublisher<>();
        try (TestStream stream = streamOf((req, res) -> {
            news.consume(item -> {});
            CompletableFuture.runAsync(() -> {
                while (news.getNumberOfSubscribers() < 2) {
                    Thread.onSpinWait();
                }
                news.submit("one");
                news.submit("two");
                news.close();
            });
            return res.stream(news);
        })) {
            assertThat(stream.next()).isEqualTo("one");
            assertThat(stream.next()).isEqualTo("two");
            assertThat(stream.next()).isNull();
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void aPublisherWithoutItemsIsAnEmptyAnswer() {
        TestResponse response = answerOf((req, res) -> res.stream(publisher()));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aStreamIsGatheredIntoPiecesAndClosed() {
        TestResponse response = answerOf(
                (req, res) -> res.header("Content-Type", "text/csv").stream(closing("a,", new byte[] {'b'}, "\n")));
        assertThat(response.text()).isEqualTo("a,b\n");
        assertThat(response.header("Content-Type")).isEqualTo("text/csv");
        awaitClosed();
    }

    @Test
    void aStreamWithoutEndIsReadNoFasterThanTaken() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        Stream<String> endless = Stream.generate(() -> "x".repeat(1024 + made.getAndIncrement() % 2))
                .onClose(over::countDown);
        try (TestStream stream = streamOf((req, res) -> res.stream(endless))) {
            assertThat(stream.next()).hasSizeBetween(15 * 1024, 16 * 1024);
            assertThat(made.get()).isLessThan(3 * 17);
        }
        // The stream is closed where it is read.
        await(over);
    }

    @Test
    void aWriterWritesWithBlockingCalls() {
        TestResponse response = answerOf((req, res) -> res.write(out -> {
            for (int i = 0; i < 100_000; i++) {
                out.write('a' + i % 26);
            }
        }));
        assertThat(response.body()).hasSize(100_000);
        assertThat(response.text()).startsWith("abcdefghijklmnopqrstuvwxyza");
    }

    @Test
    void whatAWriterFlushesIsSentAtOnce() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        try (TestStream stream = streamOf((req, res) -> res.write(out -> {
            out.write("one".getBytes(UTF_8));
            out.flush();
            await(goOn);
            out.write("two".getBytes(UTF_8));
        }))) {
            assertThat(stream.next()).isEqualTo("one");
            goOn.countDown();
            assertThat(stream.next()).isEqualTo("two");
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void twoWritersThatWaitForTheirClientsDoNotWaitForOneAnother() throws InterruptedException {
        app.get("/", (req, res) -> res.write(ResponseStreamTest::writeWithoutEnd));
        TestClient client = TestClient.of(app);
        try (TestStream first = client.stream("/");
                TestStream second = client.stream("/");
                TestStream third = client.stream("/")) {
            assertThat(first.next()).startsWith("x");
            assertThat(second.next()).startsWith("x");
            assertThat(third.next()).startsWith("x");
        }
    }

    private static void writeWithoutEnd(OutputStream out) throws Exception {
        while (true) {
            out.write("x".repeat(10_000).getBytes(UTF_8));
        }
    }

    @Test
    void aWriterLearnsThatTheClientHasGone() throws InterruptedException {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (TestStream stream = streamOf((req, res) -> res.write(out -> {
            try {
                writeWithoutEnd(out);
            } catch (Exception gone) {
                thrown.complete(gone);
                throw gone;
            }
        }))) {
            assertThat(stream.next()).isNotEmpty();
        }
        assertThat(thrown)
                .succeedsWithin(30, SECONDS)
                .asInstanceOf(THROWABLE)
                .isInstanceOf(ClientDisconnect.class)
                .hasMessage("client: expected to take the whole answer, got one that has gone. Stop writing.");
    }

    @Test
    void theDeclaredLengthIsSent() {
        TestResponse response = answerOf((req, res) -> res.contentLength(3).stream(Stream.of("a", "bc")));
        assertThat(response.header("Content-Length")).isEqualTo("3");
        assertThat(response.text()).isEqualTo("abc");
    }

    @Test
    void aNegativeLengthIsRefused() {
        TestResponse response = answerOf((req, res) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> res.contentLength(-1))
                    .withMessage("contentLength: expected 0 or more bytes, got '-1'. Leave it out if it is not known.");
            return res.text("ok");
        });
        assertThat(response.text()).isEqualTo("ok");
    }

    @Test
    void moreThanDeclaredBreaksOff() throws InterruptedException {
        try (TestStream stream = streamOf((req, res) -> res.contentLength(3).stream(publisher("ab", "cd")))) {
            assertThat(stream.next()).isEqualTo("ab");
            assertThatIllegalStateException()
                    .isThrownBy(stream::next)
                    .havingCause()
                    .withMessage("stream: expected 3 bytes as declared, got more. Declare its length, or none.");
        }
    }

    @Test
    void lessThanDeclaredBreaksOff() throws InterruptedException {
        try (TestStream stream =
                streamOf((req, res) -> res.contentLength(3).write(out -> out.write("ab".getBytes(UTF_8))))) {
            assertThat(stream.next()).isEqualTo("ab");
            assertThatIllegalStateException()
                    .isThrownBy(stream::next)
                    .havingCause()
                    .withMessage("stream: expected 3 bytes as declared, got 2 bytes. Declare its length, or none.");
        }
    }

    @Test
    void aLengthIsThatOfTheStreamItWasDeclaredFor() {
        app.use((req, res, next) -> next.handle(req, res).thenCompose(done -> {
            Flow.Publisher<ByteBuffer> body = res.bodyStream();
            return body == null
                    ? res.stream(Stream.of("nothing"))
                    : res.stream(new MappedPublisher<>(body, piece -> UTF_8.decode(piece) + "!!"));
        }));
        app.get("/text", (req, res) -> res.contentLength(3).text("abc"));
        TestResponse longer =
                answerOf((req, res) -> res.contentLength(3).write(out -> out.write("abc".getBytes(UTF_8))));
        assertThat(longer.text()).isEqualTo("abc!!");
        assertThat(longer.header("Content-Length")).isNull();
        assertThat(TestClient.of(app).get("/text").text()).isEqualTo("nothing");
    }

    @Test
    void aLengthIsOfStreamsAlone() {
        TestResponse response = answerOf((req, res) -> res.contentLength(99).text("abc"));
        assertThat(response.header("Content-Length")).isEqualTo("3");
    }

    @Test
    void aFailureBeforeTheFirstPieceIsAnsweredLikeThatOfAView() {
        app.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(409).text(error.getMessage()));
        TestResponse response = answerOf((req, res) -> res.header("X-View", "yes")
                .header("Content-Type", "text/csv")
                .background(() -> {
                    throw new AssertionError("taken back");
                })
                .write(out -> {
                    throw new IllegalStateException("no rows");
                }));
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.text()).isEqualTo("no rows");
        assertThat(response.header("X-View")).isNull();
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void anUnhandledFailureBeforeTheFirstPieceIsA500AndLogged() {
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = answerOf((req, res) -> res.stream(Stream.of("a", 1)));
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
            assertThat(log.text())
                    .contains("stream: expected items that are String, byte[] or ByteBuffer, got 'java.lang.Integer'."
                            + " Map each item to one of these.");
        }
    }

    @Test
    void whatMiddlewareSetStaysOnTheAnswerToAFailureOfTheStream() {
        for (String name : List.of("X-Outer", "X-Inner")) {
            app.use((req, res, next) -> {
                res.header(name, "yes");
                return next.handle(req, res).thenRun(() -> res.header(name + "-Out", "yes"));
            });
        }
        TestResponse response =
                answerOf((req, res) -> res.header("X-View", "yes").write(out -> {
                    throw new HttpError(404);
                }));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("X-Outer")).isEqualTo("yes");
        assertThat(response.header("X-Inner")).isEqualTo("yes");
        assertThat(response.header("X-Inner-Out")).isNull();
        assertThat(response.header("X-View")).isNull();
    }

    @Test
    void aFailureOfAStreamOfMiddlewareLeavesWhatWasSetBeforeItCalledOn() {
        app.use((req, res, next) -> {
            res.header("X-Middleware", "yes");
            return next.handle(req, res)
                    .thenCompose(done -> res.write(out -> {
                        throw new HttpError(404);
                    }));
        });
        TestResponse response =
                answerOf((req, res) -> res.header("X-View", "yes").text("ok"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("X-Middleware")).isEqualTo("yes");
        assertThat(response.header("X-View")).isNull();
    }

    @Test
    void aFailureAfterTheFirstPieceBreaksOff() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("no more rows");
        try (TestStream stream =
                streamOf((req, res) -> res.stream(publisher(List.of("a"), new AtomicReference<>(""), failure)))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.next()).isEqualTo("a");
            assertThatIllegalStateException()
                    .isThrownBy(stream::next)
                    .withMessage("answer: expected to be whole, got one that breaks off.")
                    .withCause(failure);
        }
    }

    @Test
    void anErrorPageThatFailsOnItsWayIsPlainTextAndNotAskedForAgain() {
        AtomicInteger pages = new AtomicInteger();
        app.onError(
                Exception.class,
                (req, res, error) -> res.header("X-Page", "yes").status(409).write(out -> {
                    pages.incrementAndGet();
                    throw new IllegalStateException("no template");
                }));
        app.get("/view", (req, res) -> {
            throw new IllegalArgumentException("no row");
        });
        app.get(
                "/stream",
                (req, res) -> res.write(out -> {
                    throw new IllegalArgumentException("no row");
                }));
        TestClient client = TestClient.of(app);
        for (String path : List.of("/view", "/stream")) {
            pages.set(0);
            try (CapturedLog log = new CapturedLog()) {
                TestResponse response = client.get(path);
                assertThat(response.status()).isEqualTo(500);
                assertThat(response.text()).isEqualTo("500 Internal Server Error");
                assertThat(response.header("X-Page")).isNull();
                assertThat(log.lines("ERROR"))
                        .singleElement()
                        .asString()
                        .contains("GET " + path + ": the answer to its error failed");
                assertThat(log.text()).contains("no template");
            }
            assertThat(pages).hasValue(1);
        }
    }

    @Test
    void aStreamIsClosedThoughWhatReplacedItFailsEarly() {
        TestResponse response = answerOf((req, res) -> {
            res.stream(closing("abc"));
            return res.write(out -> {
                throw new HttpError(404);
            });
        });
        assertThat(response.status()).isEqualTo(404);
        awaitClosed();
    }

    @Test
    void aStreamOfAnErrorHandlerThatIsNotWaitedForIsClosed() {
        CompletableFuture<Void> late = new CompletableFuture<>();
        app.onError(HttpError.class, (req, res, error) -> {
            res.stream(closing("abc"));
            return late;
        });
        TestResponse response = answerOf((req, res) -> res.write(out -> {
            throw new HttpError(404).header("X-Error", "yes");
        }));
        assertThat(response.text()).isEqualTo("404 Not Found");
        assertThat(response.header("X-Error")).isEqualTo("yes");
        late.complete(null);
        awaitClosed();
    }

    @Test
    void aStreamThatFailsToCloseAfterItsClientHasGoneIsLoggedWithTheRequest() throws InterruptedException {
        Stream<String> endless = Stream.generate(() -> "x".repeat(1024)).onClose(() -> {
            throw new IllegalStateException("unclosed");
        });
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = streamOf((req, res) -> res.stream(endless))) {
                assertThat(stream.next()).isNotEmpty();
            }
            for (int i = 0; i < 300 && !log.text().contains("unclosed"); i++) {
                pause();
            }
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("GET /: stream failed after its client had gone");
        }
    }

    @Test
    void anEmptyPieceSendsTheHead() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("too late for a 500");
        try (TestStream stream =
                streamOf((req, res) -> res.stream(publisher(List.of(""), new AtomicReference<>(""), failure)))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThatIllegalStateException().isThrownBy(stream::next).withCause(failure);
        }
    }

    @Test
    void headSendsNothingAndClosesTheStream() {
        app.get("/", (req, res) -> res.contentLength(3).stream(closing("abc")));
        TestResponse response = TestClient.of(app).head("/");
        assertThat(response.header("Content-Length")).isEqualTo("3");
        assertThat(response.body()).isEmpty();
        awaitClosed();
    }

    @Test
    void aWriterIsNotCalledWhereNoBodyGoesOut() {
        AtomicInteger calls = new AtomicInteger();
        app.any("/", (req, res) -> res.write(out -> calls.incrementAndGet()));
        app.get("/nothing", (req, res) -> res.contentLength(0).write(out -> calls.incrementAndGet()));
        assertThat(TestClient.of(app).head("/").status()).isEqualTo(200);
        assertThat(TestClient.of(app).get("/nothing").header("Content-Length")).isEqualTo("0");
        assertThat(calls).hasValue(0);
    }

    @Test
    void aStatusWithoutABodyClosesTheStream() {
        TestResponse response = answerOf((req, res) -> res.status(304).stream(closing("abc")));
        assertThat(response.body()).isEmpty();
        awaitClosed();
    }

    @Test
    void anAnswerAfterAStreamWinsAndClosesIt() {
        TestResponse response = answerOf((req, res) -> {
            res.stream(closing("abc"));
            return res.text("x");
        });
        assertThat(response.text()).isEqualTo("x");
        assertThat(response.header("Content-Length")).isEqualTo("1");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        awaitClosed();
    }

    @Test
    void aStreamAfterAnotherAnswerWins() {
        TestResponse response = answerOf((req, res) -> {
            res.empty();
            res.text("x");
            return res.stream(closing("abc"));
        });
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("abc");
        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        awaitClosed();
    }

    @Test
    void aFailureOfTheViewClosesTheStream() {
        TestResponse response = answerOf((req, res) -> {
            res.stream(closing("abc"));
            throw new HttpError(409);
        });
        assertThat(response.status()).isEqualTo(409);
        awaitClosed();
    }

    @Test
    void aDeclaredLengthIsForgottenAfterAFailure() {
        app.onError(HttpError.class, (req, res, error) -> res.status(409).stream(Stream.of("conflict")));
        TestResponse response = answerOf((req, res) -> {
            res.contentLength(3).attachment("a.csv");
            throw new HttpError(409);
        });
        assertThat(response.text()).isEqualTo("conflict");
        assertThat(response.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(response.header("Content-Disposition")).isNull();
    }

    @Test
    void aStreamIsTheTypeOfItsAttachment() {
        TestResponse response = answerOf((req, res) -> res.attachment("rows.csv").stream(Stream.of("a,b\n")));
        assertThat(response.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(response.header("Content-Disposition")).isEqualTo("attachment; filename=\"rows.csv\"");
    }

    @Test
    void theStreamAsItStandsCanBeAskedFor() {
        TestResponse response = answerOf((req, res) -> {
            assertThat(res.bodyStream()).isNull();
            res.stream(Stream.of("abc"));
            assertThat(res.bodyStream()).isNotNull();
            assertThat(res.body()).isEmpty();
            return res.text("x");
        });
        assertThat(response.text()).isEqualTo("x");
    }

    @Test
    void afterHooksAndMiddlewareMayChangeTheHeadOfAStream() {
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.header("X-Outer", "yes")));
        app.get("/", (req, res) -> res.stream(Stream.of("abc"))).after((req, res) -> res.status(202));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("X-Outer")).isEqualTo("yes");
        assertThat(response.text()).isEqualTo("abc");
    }

    @Test
    void onDisconnectRunsWhenTheClientGoesBeforeTheEnd() throws InterruptedException {
        AtomicInteger gone = new AtomicInteger();
        AtomicReference<String> order = new AtomicReference<>("");
        try (TestStream stream = streamOf((req, res) -> res
                .onDisconnect(gone::incrementAndGet)
                .background(() -> order.accumulateAndGet("b" + gone.get(), String::concat))
                .stream(publisher("a", "b", "c")))) {
            assertThat(stream.next()).isEqualTo("a");
            assertThat(gone).hasValue(0);
        }
        assertThat(gone).hasValue(1);
        assertThat(order).hasValue("b1");
    }

    @Test
    void onDisconnectDoesNotRunWhenTheClientHasAll() throws InterruptedException {
        AtomicInteger gone = new AtomicInteger();
        try (TestStream stream =
                streamOf((req, res) -> res.onDisconnect(gone::incrementAndGet).stream(publisher("a")))) {
            assertThat(stream.next()).isEqualTo("a");
            assertThat(stream.next()).isNull();
        }
        assertThat(gone).hasValue(0);
    }

    @Test
    void onDisconnectDoesNotRunWhenTheStreamFails() throws InterruptedException {
        AtomicInteger gone = new AtomicInteger();
        try (TestStream stream = streamOf((req, res) -> res.onDisconnect(gone::incrementAndGet).stream(
                publisher(List.of("a"), new AtomicReference<>(""), new IllegalStateException())))) {
            assertThat(stream.next()).isEqualTo("a");
            assertThatIllegalStateException().isThrownBy(stream::next);
        }
        assertThat(gone).hasValue(0);
    }

    @Test
    void aFailingOnDisconnectIsLoggedAndTheOthersRun() throws InterruptedException {
        AtomicInteger gone = new AtomicInteger();
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = streamOf((req, res) -> res
                    .onDisconnect(() -> {
                        throw new IllegalStateException("cannot");
                    })
                    .onDisconnect(gone::incrementAndGet)
                    .stream(publisher("a", "b", "c")))) {
                assertThat(stream.next()).isEqualTo("a");
            }
            assertThat(gone).hasValue(1);
            assertThat(log.text()).contains("GET /: onDisconnect failed").contains("cannot");
        }
    }

    @Test
    void theOpenRequestsAreCountedToTheirEnd() throws InterruptedException {
        try (TestStream stream = streamOf((req, res) -> res.stream(publisher("a", "b", "c")))) {
            assertThat(stream.next()).isEqualTo("a");
            assertThat(app.openExchanges()).isEqualTo(1);
        }
        assertThat(app.openExchanges()).isZero();
    }

    @Test
    void aLargeStreamArrivesWhole() {
        TestResponse response =
                answerOf((req, res) -> res.stream(IntStream.range(0, 200_000).mapToObj(i -> i + "\n")));
        assertThat(response.text().lines().count()).isEqualTo(200_000);
        assertThat(response.text()).endsWith("\n199999\n");
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, SECONDS)).isTrue();
    }
}
