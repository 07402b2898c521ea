package io.bocadillo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.LiveServer;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class EventsTest {

    private static final Settings SETTINGS = Settings.defaults().gracePeriod(Duration.ofSeconds(30));

    private final App app = new App(SETTINGS);

    private TestStream streamOf(EventsHandler handler) {
        return streamOf(EventQueue.waiting(256), handler);
    }

    private TestStream streamOf(EventQueue queue, EventsHandler handler) {
        app.get("/", (req, res) -> res.events(queue, handler));
        return TestClient.of(app).stream("/");
    }

    /** What goes over the wire for one event. */
    private String written(ServerEvent event) throws InterruptedException {
        try (TestStream stream = streamOf(events -> events.send(event))) {
            return stream.next();
        }
    }

    private static String toTheEnd(TestStream stream) throws InterruptedException {
        StringBuilder all = new StringBuilder();
        for (String piece = stream.next(); piece != null; piece = stream.next()) {
            all.append(piece);
        }
        return all.toString();
    }

    private static boolean isDone(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }

    @Test
    void anEventIsItsDataAndAnEmptyLine() throws InterruptedException {
        assertThat(written(ServerEvent.of("Hello"))).isEqualTo("data: Hello\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\nb|data: a\\ndata: b\\n\\n",
                "a\\rb|data: a\\ndata: b\\n\\n",
                "a\\r\\nb|data: a\\ndata: b\\n\\n",
                "a\\n\\rb|data: a\\ndata: \\ndata: b\\n\\n",
                "a\\n|data: a\\ndata: \\n\\n",
                "\\n\\n|data: \\ndata: \\ndata: \\n\\n",
                "''|data: \\n\\n",
                "' a: b'|data:  a: b\\n\\n",
                "\\u2028|data: \\u2028\\n\\n",
            })
    void everyLineOfTheDataIsAFieldOfItsOwn(String data, String written) throws InterruptedException {
        assertThat(written(ServerEvent.of(unescaped(data)))).isEqualTo(unescaped(written));
    }

    private static String unescaped(String text) {
        return text.replace("\\u2028", "\u2028").translateEscapes();
    }

    @Test
    void theFieldsComeInTheirOrder() throws InterruptedException {
        assertThat(written(ServerEvent.of("x")
                        .retry(Duration.ofSeconds(3))
                        .name("temperature")
                        .id("7")))
                .isEqualTo("id: 7\nevent: temperature\ndata: x\nretry: 3000\n\n");
    }

    @Test
    void jsonIsWrittenByTheCodecOfTheApp() throws InterruptedException {
        assertThat(written(ServerEvent.json(Map.of("text", "a\nb")).name("n")))
                .isEqualTo("event: n\ndata: {\"text\":\"a\\nb\"}\n\n");
    }

    @Test
    void jsonMayBeNull() throws InterruptedException {
        assertThat(written(ServerEvent.json(null))).isEqualTo("data: null\n\n");
    }

    @Test
    void aCommentIsNoEvent() throws InterruptedException {
        assertThat(written(ServerEvent.comment("a\r\nb"))).isEqualTo(": a\n: b\n\n");
    }

    @Test
    void textIsUtf8() throws InterruptedException {
        assertThat(written(ServerEvent.of("é 🌮"))).isEqualTo("data: é 🌮\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "\r", "a\r\nb", "\0"})
    void anIdAndANameAreOneLine(String broken) {
        ServerEvent event = ServerEvent.of("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.id(broken))
                .withMessageStartingWith("id of an event: expected one line without NUL, got '")
                .withMessageNotContaining(broken);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.name(broken))
                .withMessageStartingWith("name of an event: ");
    }

    @Test
    void aNegativeRetryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerEvent.of("x").retry(Duration.ofMillis(-1)))
                .withMessage("retry of an event: expected zero or more, got 'PT-0.001S'. Give a time to wait.");
    }

    @Test
    void eventsOfTheSameFieldsAreEqual() {
        ServerEvent event = ServerEvent.json(List.of(1)).id("7").name("n").retry(Duration.ofSeconds(1));
        assertThat(event)
                .isEqualTo(ServerEvent.json(List.of(1)).name("n").id("7").retry(Duration.ofSeconds(1)))
                .hasSameHashCodeAs(
                        ServerEvent.json(List.of(1)).name("n").id("7").retry(Duration.ofSeconds(1)))
                .isNotEqualTo(ServerEvent.json(List.of(2)).id("7").name("n").retry(Duration.ofSeconds(1)))
                .isNotEqualTo(event.id("8"))
                .isNotEqualTo(event.name("m"))
                .isNotEqualTo(event.retry(Duration.ZERO))
                .isNotEqualTo("event");
        assertThat(ServerEvent.of("7")).isNotEqualTo(ServerEvent.json("7")).isNotEqualTo(ServerEvent.comment("7"));
    }

    @Test
    void anEventShowsItsFieldsOnOneLine() {
        assertThat(ServerEvent.of("a\nb").id("7").name("n").retry(Duration.ofSeconds(1)))
                .hasToString("ServerEvent[id=7, name=n, data=a\\u000Ab, retry=PT1S]");
        assertThat(ServerEvent.json(null)).hasToString("ServerEvent[json=null]");
        assertThat(ServerEvent.comment("x")).hasToString("ServerEvent[comment=x]");
        assertThat(ServerEvent.of("x".repeat(1000)).toString()).hasSizeLessThan(120);
    }

    @Test
    void anEventIsImmutable() throws InterruptedException {
        ServerEvent event = ServerEvent.of("x");
        event.id("1").name("n").retry(Duration.ZERO);
        assertThat(written(event)).isEqualTo("data: x\n\n");
    }

    @Test
    void theHeadSaysThatItIsAStreamOfEventsNotToBeCached() {
        try (TestStream stream = streamOf(events -> events.send("x"))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.headers().get("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.headers().get("Cache-Control")).isEqualTo("no-cache");
            assertThat(stream.headers().get("X-Accel-Buffering")).isEqualTo("no");
        }
    }

    @Test
    void headersThatAreSetStay() {
        app.get("/", (req, res) -> res.header("Cache-Control", "no-store").events(events -> events.send("x")));
        try (TestStream stream = TestClient.of(app).stream("/")) {
            assertThat(stream.headers().all("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void anAnswerAfterEventsTakesBackWhatTheyImplied() {
        app.get("/", (req, res) -> {
            res.events(events -> events.send("x"));
            return res.text("text");
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("text");
        assertThat(response.header("Cache-Control")).isNull();
        assertThat(response.header("X-Accel-Buffering")).isNull();
    }

    @Test
    void headGetsTheHeadAlone() {
        AtomicInteger calls = new AtomicInteger();
        app.get("/", (req, res) -> res.events(events -> calls.incrementAndGet()));
        TestResponse response = TestClient.of(app).head("/");
        assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(calls).hasValue(0);
    }

    @Test
    void theStreamStaysOpenUntilItIsClosed() throws InterruptedException {
        CompletableFuture<Events> opened = new CompletableFuture<>();
        try (TestStream stream = streamOf(opened::complete)) {
            Events events = opened.join();
            events.send("one");
            assertThat(stream.next()).isEqualTo("data: one\n\n");
            events.send("two");
            events.close();
            assertThat(stream.next()).isEqualTo("data: two\n\n");
            assertThat(stream.next()).isNull();
            assertThat(events.send("late").toCompletableFuture()).isCompletedExceptionally();
        }
        assertThat(app.openExchanges()).isZero();
    }

    @Test
    void whatSeveralThreadsSendArrivesWhole() throws InterruptedException {
        try (TestStream stream = streamOf(events -> {
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "" + i;
                senders.add(CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 50; n++) {
                        events.send(ServerEvent.of("x".repeat(n)).name(name));
                    }
                }));
            }
            CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).thenRun(events::close);
        })) {
            String all = toTheEnd(stream);
            assertThat(all.split("\n\n")).hasSize(200).allMatch(event -> event.matches("event: \\d\ndata: x*"));
        }
    }

    @Test
    void aFailureBeforeTheFirstEventIsAnsweredLikeThatOfAView() {
        app.get(
                "/missing",
                (req, res) -> res.events(events -> {
                    throw new HttpError(404);
                }));
        app.get(
                "/bug",
                (req, res) -> res.events(events -> {
                    throw new IllegalStateException("no sensor");
                }));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/missing").status()).isEqualTo(404);
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = client.get("/bug");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("Content-Type")).isEqualTo("application/json");
            assertThat(response.header("Cache-Control")).isNull();
            assertThat(log.text()).contains("GET /bug: unhandled error").contains("no sensor");
        }
    }

    @Test
    void aFailureAfterTheFirstEventBreaksOff() throws InterruptedException {
        try (TestStream stream = streamOf(events -> {
            events.send("one");
            throw new IllegalStateException("no sensor");
        })) {
            assertThat(stream.next()).isEqualTo("data: one\n\n");
            assertThatIllegalStateException()
                    .isThrownBy(stream::next)
                    .havingCause()
                    .withMessage("no sensor");
        }
    }

    @Test
    void aSilentStreamBeats() throws InterruptedException {
        App beating = new App(SETTINGS.eventHeartbeat(Duration.ofMillis(20)));
        beating.get("/", (req, res) -> res.events(events -> events.send("x")));
        try (TestStream stream = TestClient.of(beating).stream("/")) {
            assertThat(stream.next()).isEqualTo("data: x\n\n");
            assertThat(stream.next()).isEqualTo(": \n\n");
            assertThat(stream.next()).isEqualTo(": \n\n");
        }
    }

    @Test
    void aHeartbeatTakesTheRoomOfNoEvent() throws InterruptedException {
        App beating = new App(SETTINGS.eventHeartbeat(Duration.ofMillis(20)));
        CountDownLatch sent = new CountDownLatch(1);
        beating.get(
                "/",
                (req, res) -> res.events(EventQueue.dropOldest(1), events -> {
                    events.send("one");
                    events.send("two");
                    sent.countDown();
                }));
        try (TestStream stream = TestClient.of(beating).stream("/")) {
            await(sent);
            Thread.sleep(200);
            assertThat(stream.next()).isEqualTo("data: one\n\n");
            assertThat(stream.next()).isEqualTo("data: two\n\n");
            assertThat(stream.next()).isEqualTo(": \n\n");
        }
    }

    @Test
    void aHeartbeatOfZeroIsNone() throws InterruptedException {
        App silent = new App(SETTINGS.eventHeartbeat(Duration.ZERO));
        silent.get(
                "/",
                (req, res) -> res.events(events -> {
                    events.send("one");
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                            .execute(events::close);
                }));
        try (TestStream stream = TestClient.of(silent).stream("/")) {
            assertThat(toTheEnd(stream)).isEqualTo("data: one\n\n");
        }
    }

    @Test
    void whoeverWaitsForTheStageSendsAsFastAsTheClientTakes() throws InterruptedException {
        CompletableFuture<List<CompletionStage<Void>>> done = new CompletableFuture<>();
        try (TestStream stream = streamOf(EventQueue.waiting(2), events -> {
            List<CompletionStage<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(events.send("" + i));
            }
            done.complete(sent);
        })) {
            List<CompletionStage<Void>> sent = done.join();
            // The client has the first, two wait in the queue, as many again for room in it, and that is all.
            assertThat(sent.subList(0, 3)).allMatch(EventsTest::isDone);
            assertThat(sent.subList(3, 5)).noneMatch(EventsTest::isDone);
            assertThat(sent.get(5).toCompletableFuture())
                    .failsWithin(10, SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class);
            assertThat(stream.next()).isEqualTo("data: 0\n\n");
            assertThat(sent.get(3).toCompletableFuture()).succeedsWithin(10, SECONDS);
            assertThat(sent.get(4)).matches(stage -> !isDone(stage));
            for (int i = 1; i < 5; i++) {
                assertThat(stream.next()).isEqualTo("data: " + i + "\n\n");
            }
        }
    }

    @Test
    void theOldestEventMakesRoom() throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(1);
        try (TestStream stream = streamOf(EventQueue.dropOldest(2), events -> {
            for (int i = 0; i < 6; i++) {
                assertThat(isDone(events.send("" + i))).isTrue();
            }
            events.close();
            sent.countDown();
        })) {
            await(sent);
            assertThat(toTheEnd(stream)).isEqualTo("data: 0\n\ndata: 4\n\ndata: 5\n\n");
        }
    }

    @Test
    void aClientThatIsTooSlowIsDisconnected() throws InterruptedException {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        try (TestStream stream = streamOf(EventQueue.closeWhenFull(2), events -> {
            for (int i = 0; i < 3; i++) {
                assertThat(isDone(events.send("" + i))).isTrue();
            }
            events.send("3").whenComplete((nothing, failure) -> refused.complete(failure));
        })) {
            assertThat(refused.join()).isInstanceOf(ClientDisconnect.class);
            assertThat(stream.next()).isEqualTo("data: 0\n\n");
            assertThatIllegalStateException().isThrownBy(stream::next).withCauseInstanceOf(ClientDisconnect.class);
        }
    }

    @Test
    void aClientThatIsTooSlowIsNoErrorOfTheApp() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        ServerEvent large = ServerEvent.of("x".repeat(100_000));
        app.get(
                "/",
                (req, res) -> res.onDisconnect(gone::countDown).events(EventQueue.closeWhenFull(2), events -> {
                    while (!events.send(large).toCompletableFuture().isCompletedExceptionally()) {
                        Thread.sleep(1);
                    }
                }));
        try (CapturedLog log = new CapturedLog();
                LiveServer server = LiveServer.start(app);
                Socket client = new Socket("127.0.0.1", server.port())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            await(gone);
            assertThat(log.lines("ERROR")).isEmpty();
        }
    }

    @Test
    void unlessAQueueIsChosenAClientThatMisses256EventsIsDisconnected() throws InterruptedException {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        app.get(
                "/",
                (req, res) -> res.events(events -> {
                    for (int i = 0; i < 257; i++) {
                        assertThat(isDone(events.send("" + i))).isTrue();
                        assertThat(events.isOpen()).isTrue();
                    }
                    events.send("257").whenComplete((nothing, failure) -> refused.complete(failure));
                }));
        try (TestStream stream = TestClient.of(app).stream("/")) {
            assertThat(refused.join()).isInstanceOf(ClientDisconnect.class);
            assertThat(stream.next()).isEqualTo("data: 0\n\n");
            assertThatIllegalStateException().isThrownBy(stream::next).withCauseInstanceOf(ClientDisconnect.class);
        }
    }

    @Test
    void aQueueThatIsJustFullIsNotTooFull() throws InterruptedException {
        CompletableFuture<Events> opened = new CompletableFuture<>();
        try (TestStream stream = streamOf(EventQueue.closeWhenFull(2), events -> {
            for (int i = 0; i < 3; i++) {
                events.send("" + i);
            }
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> opened.complete(events));
        })) {
            opened.join().close();
            assertThat(toTheEnd(stream)).isEqualTo("data: 0\n\ndata: 1\n\ndata: 2\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aQueueHasRoom(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventQueue.waiting(capacity))
                .withMessage("queue of events: expected room for 1 or more, got '" + capacity
                        + "'. Give a number of events.");
        assertThatIllegalArgumentException().isThrownBy(() -> EventQueue.dropOldest(capacity));
        assertThatIllegalArgumentException().isThrownBy(() -> EventQueue.closeWhenFull(capacity));
    }

    @Test
    void onCloseRunsWhenTheClientGoes() {
        CountDownLatch closed = new CountDownLatch(2);
        CompletableFuture<Events> opened = new CompletableFuture<>();
        try (TestStream stream = streamOf(events -> {
            events.onClose(closed::countDown);
            events.closing(closed::countDown);
            opened.complete(events);
        })) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(closed.getCount()).isEqualTo(2);
        }
        await(closed);
        assertThat(opened.join().send("late").toCompletableFuture())
                .failsWithin(10, SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(ClientDisconnect.class);
    }

    @Test
    void onCloseRunsWhenTheStreamIsClosedOrHasBeen() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(2);
        try (TestStream stream = streamOf(events -> {
            events.onClose(closed::countDown);
            events.close();
            events.onClose(closed::countDown);
        })) {
            assertThat(stream.next()).isNull();
        }
        await(closed);
    }

    @Test
    void aFailingOnCloseIsLoggedAndTheOthersRun() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = streamOf(events -> {
                events.onClose(closed::countDown);
                events.onClose(() -> {
                    throw new IllegalStateException("cannot");
                });
                events.onClose(closed::countDown);
                events.close();
            })) {
                assertThat(stream.next()).isNull();
            }
            await(closed);
            for (int i = 0; i < 300 && !log.text().contains("cannot"); i++) {
                Thread.sleep(100);
            }
            assertThat(log.text())
                    .contains("GET /: onClose of its events failed")
                    .contains("cannot");
        }
    }

    @Test
    void theyAreOpenUntilTheyAreClosed() {
        CompletableFuture<Events> opened = new CompletableFuture<>();
        try (TestStream stream = streamOf(opened::complete)) {
            Events events = opened.join();
            assertThat(events.isOpen()).isTrue();
            events.close();
            assertThat(events.isOpen()).isFalse();
        }
    }

    @Test
    void aLoopThatAsksEndsWhenTheClientGoes() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = streamOf(events -> {
                while (events.isOpen()) {
                    events.send("tick");
                    Thread.sleep(1);
                }
                ended.countDown();
            })) {
                assertThat(stream.next()).isEqualTo("data: tick\n\n");
            }
            await(ended);
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void aFailureThatNobodyCanBeToldOfIsLoggedWithTheRequest() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = streamOf(events -> {
                events.onClose(gone::countDown);
                events.send("x");
                await(gone);
                throw new IllegalStateException("no clean-up");
            })) {
                assertThat(stream.next()).isEqualTo("data: x\n\n");
            }
            for (int i = 0; i < 300 && !log.text().contains("no clean-up"); i++) {
                Thread.sleep(100);
            }
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("GET /: its events failed after their end");
        }
    }

    @Test
    void thatTheClientHasGoneIsNoFailureOfItsHandler() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = streamOf(EventQueue.waiting(1), events -> {
                try {
                    while (true) {
                        events.send("x").toCompletableFuture().join();
                    }
                } finally {
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                            .execute(ended::countDown);
                }
            })) {
                assertThat(stream.next()).isEqualTo("data: x\n\n");
            }
            await(ended);
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void aFullExecutorSkipsAHeartbeatAndNotThoseThatFollow() throws InterruptedException {
        AtomicInteger rejected = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean();
        App beating = new App(SETTINGS.eventHeartbeat(Duration.ofMillis(20)).executor(task -> {
            if (full.get()) {
                rejected.incrementAndGet();
                throw new RejectedExecutionException("full");
            }
            new Thread(task).start();
        }));
        beating.get("/", (req, res) -> res.events(events -> events.send("x")));
        try (TestStream stream = TestClient.of(beating).stream("/")) {
            assertThat(stream.next()).isEqualTo("data: x\n\n");
            full.set(true);
            for (int i = 0; i < 300 && rejected.get() < 2; i++) {
                Thread.sleep(100);
            }
            full.set(false);
            for (int i = 0; i < 5; i++) {
                assertThat(stream.next()).isEqualTo(": \n\n");
            }
        }
        assertThat(rejected).hasValueGreaterThan(1);
    }

    @Test
    void eventsThatMetAFullExecutorAreForgotten() throws InterruptedException {
        AtomicReference<WeakReference<Throwable>> reason = new AtomicReference<>();
        AtomicBoolean full = new AtomicBoolean();
        App own = new App(SETTINGS.executor(task -> {
            if (full.get()) {
                RejectedExecutionException rejected = new RejectedExecutionException("full");
                reason.set(new WeakReference<>(rejected));
                throw rejected;
            }
            task.run();
        }));
        own.get("/", (req, res) -> {
            full.set(true);
            return res.events(events -> events.send("x"));
        });
        assertThat(TestClient.of(own).get("/").status()).isEqualTo(503);
        assertThat(own.openExchanges()).isZero();
        for (int i = 0; i < 300 && reason.get().get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(reason.get().get()).isNull();
    }

    @Test
    void onDisconnectAndBackgroundAreForEventsToo() {
        AtomicInteger runs = new AtomicInteger();
        app.get(
                "/",
                (req, res) -> res.onDisconnect(runs::incrementAndGet)
                        .background(runs::incrementAndGet)
                        .events(events -> events.send("x")));
        TestClient.of(app).stream("/").close();
        assertThat(runs).hasValue(2);
    }

    /** Publishes whole numbers while they are wanted. */
    private static final class Counter implements Flow.Publisher<ServerEvent> {

        private final AtomicInteger next = new AtomicInteger();
        private final int most;
        private final CountDownLatch cancelled = new CountDownLatch(1);

        Counter(int most) {
            this.most = most;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ServerEvent> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    for (long i = 0; i < n; i++) {
                        if (next.get() == most) {
                            subscriber.onComplete();
                            return;
                        }
                        subscriber.onNext(ServerEvent.of("" + next.getAndIncrement()));
                    }
                }

                @Override
                public void cancel() {
                    cancelled.countDown();
                }
            });
        }
    }

    @Test
    void aPublisherOfEventsIsSentToItsEnd() throws InterruptedException {
        app.get("/", (req, res) -> res.eventStream(new Counter(3)));
        try (TestStream stream = TestClient.of(app).stream("/")) {
            assertThat(stream.headers().get("Content-Type")).isEqualTo("text/event-stream");
            assertThat(toTheEnd(stream)).isEqualTo("data: 0\n\ndata: 1\n\ndata: 2\n\n");
        }
    }

    @Test
    void aPublisherOfEventsIsAskedAsTheClientTakesAndCancelled() throws InterruptedException {
        Counter endless = new Counter(-1);
        app.get("/", (req, res) -> res.eventStream(endless));
        try (TestStream stream = TestClient.of(app).stream("/")) {
            assertThat(stream.next()).isEqualTo("data: 0\n\n");
            assertThat(stream.next()).isEqualTo("data: 1\n\n");
            assertThat(endless.next.get()).isLessThan(8);
        }
        await(endless.cancelled);
    }

    @Test
    void aPublisherThatFailsAtOnceIsAnError() {
        app.get(
                "/",
                (req, res) -> res.eventStream(subscriber -> {
                    subscriber.onSubscribe(new Flow.Subscription() {
                        @Override
                        public void request(long n) {}

                        @Override
                        public void cancel() {}
                    });
                    subscriber.onError(new HttpError(409));
                }));
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(409);
    }

    @Test
    void aClientThatComesBackNamesItsLastEvent() {
        app.get("/", (req, res) -> res.text(req.lastEventId().orElse("none")));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").text()).isEqualTo("none");
        assertThat(client.with("Last-Event-ID", "7").get("/").text()).isEqualTo("7");
        String wire = new String("é7".getBytes(UTF_8), ISO_8859_1);
        assertThat(client.with("Last-Event-ID", wire).get("/").text()).isEqualTo("é7");
    }

    @Test
    void drainingEndsTheStreamsAndNewOnes() throws InterruptedException {
        app.get("/", (req, res) -> res.events(events -> events.send("hello")));
        TestClient client = TestClient.of(app);
        try (TestStream open = client.stream("/")) {
            CompletableFuture<Void> drained = app.drain();
            assertThat(drained).isNotDone();
            assertThat(open.next()).isEqualTo("data: hello\n\n");
            assertThat(open.next()).isNull();
            assertThat(drained).succeedsWithin(30, SECONDS);
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void stoppingTheAppEndsTheStreams() throws InterruptedException {
        CompletableFuture<Events> opened = new CompletableFuture<>();
        try (TestStream stream = streamOf(opened::complete)) {
            opened.join().send("last");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(app::stop);
            assertThat(toTheEnd(stream)).isEqualTo("data: last\n\n");
            assertThat(stopped).succeedsWithin(30, SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
