package io.bocadillo.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.HttpError;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    /** A container's stream that holds what the test has let arrive. */
    private static final class In extends ServletInputStream {

        private byte[] arrived = {};
        private int position;
        private boolean ended;
        private @Nullable IOException failure;
        private @Nullable ReadListener listener;
        private Runnable whenAsked = () -> {};

        void arrive(String text) {
            byte[] more = text.getBytes(UTF_8);
            byte[] all = Arrays.copyOf(arrived, arrived.length + more.length);
            System.arraycopy(more, 0, all, arrived.length, more.length);
            arrived = all;
        }

        @Override
        public boolean isFinished() {
            return ended && position == arrived.length;
        }

        @Override
        public boolean isReady() {
            whenAsked.run();
            return failure != null || position < arrived.length || ended;
        }

        @Override
        public void setReadListener(ReadListener readListener) {
            listener = readListener;
        }

        @Override
        public int read() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return position == arrived.length ? -1 : arrived[position++] & 0xFF;
        }
    }

    private final In in = new In();

    private @Nullable BodyBuffer buffer;

    private BodyReader reader(long announced, long limit) throws IOException {
        return started(request(announced, true), limit);
    }

    private BodyReader blockingReader(long limit) throws IOException {
        return started(request(-1, false), limit);
    }

    private BodyReader started(HttpServletRequest request, long limit) throws IOException {
        BodyReader reader = idleReader(request);
        buffer = new BodyBuffer(reader.announced(), limit);
        reader.start(buffer);
        return reader;
    }

    private static BodyReader idleReader(HttpServletRequest request) throws IOException {
        return new BodyReader(
                request, request.isAsyncSupported(), new Lease(), Runnable::run, (nanos, task) -> null, Duration.ZERO);
    }

    /** One whose alarms the test sets off. */
    private static BodyReader idleReader(HttpServletRequest request, List<Runnable> alarms) throws IOException {
        IdleLimit.Alarms kept = (nanos, alarm) -> {
            alarms.add(alarm);
            return null;
        };
        return new BodyReader(
                request, request.isAsyncSupported(), new Lease(), Runnable::run, kept, Duration.ofNanos(1));
    }

    private CompletableFuture<byte[]> body() {
        return Objects.requireNonNull(buffer).body();
    }

    private HttpServletRequest request(long announced, boolean async) {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getInputStream", in);
        request.put("getContentLengthLong", announced);
        request.put("getContentType", "text/plain");
        request.put("isAsyncSupported", async);
        return Answers.of(HttpServletRequest.class, request);
    }

    private static HttpError failureOf(CompletableFuture<byte[]> body) {
        assertThat(body).isCompletedExceptionally();
        return (HttpError) body.handle((bytes, failure) -> failure).join();
    }

    @Test
    void aBodyIsReadAsItArrives() throws Exception {
        BodyReader reader = reader(-1, 100);
        assertThat(in.listener).isSameAs(reader);
        in.arrive("he");
        reader.onDataAvailable();
        in.arrive("llo");
        reader.onDataAvailable();
        assertThat(body()).isNotDone();
        in.ended = true;
        reader.onAllDataRead();
        assertThat(body()).isCompletedWithValueMatching(bytes -> new String(bytes, UTF_8).equals("hello"));
    }

    @Test
    void theEndMayBeToldTwice() throws Exception {
        BodyReader reader = reader(2, 100);
        in.arrive("hi");
        reader.onDataAvailable();
        reader.onAllDataRead();
        reader.onAllDataRead();
        reader.onError(new IOException("reset afterwards"));
        assertThat(body()).isCompletedWithValueMatching(bytes -> bytes.length == 2);
    }

    @Test
    void aLargeBodyOfUnknownLengthIsWhole() throws Exception {
        String text = "taco ".repeat(50_000);
        in.arrive(text);
        in.ended = true;
        blockingReader(1_000_000);
        assertThat(body()).isCompletedWithValueMatching(bytes -> new String(bytes, UTF_8).equals(text));
    }

    @Test
    void anEmptyBodyIsEmpty() throws Exception {
        BodyReader reader = reader(-1, 0);
        reader.onAllDataRead();
        assertThat(body()).isCompletedWithValueMatching(bytes -> bytes.length == 0);
    }

    @Test
    void aBodyOfTheLimitIsTaken() throws Exception {
        in.arrive("12345");
        in.ended = true;
        blockingReader(5);
        assertThat(body()).isCompletedWithValueMatching(bytes -> bytes.length == 5);
    }

    @Test
    void aBodyBeyondTheLimitIsA413WithoutReadingTheRest() throws Exception {
        BodyReader reader = reader(-1, 5);
        in.arrive("x".repeat(100_000));
        reader.onDataAvailable();
        HttpError error = failureOf(body());
        assertThat(error.status()).isEqualTo(413);
        assertThat(error.headers().get("Connection")).isEqualTo("close");
        assertThat(in.position).isEqualTo(6);
        assertThat(reader.isAtEnd()).isFalse();
    }

    @Test
    void aBodyBeyondTheLimitIsNotReadToItsEndOnAThreadEither() throws Exception {
        in.arrive("x".repeat(100_000));
        blockingReader(5);
        assertThat(failureOf(body()).status()).isEqualTo(413);
        assertThat(in.position).isEqualTo(6);
    }

    /** The array grows as the body comes, and what it has room for is read. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 10_000, 16_384, 20_000})
    void noMoreThanTheLimitIsKeptAndOneByteMoreIsRead(int limit) throws Exception {
        in.arrive("x".repeat(100_000));
        blockingReader(limit);
        assertThat(failureOf(body()).status()).isEqualTo(413);
        assertThat(in.position).isEqualTo(limit + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 10_000, 16_384, 20_000})
    void aBodyOfTheLimitIsWhole(int limit) throws Exception {
        String text = "tacos".repeat(limit / 5 + 1).substring(0, limit);
        in.arrive(text);
        in.ended = true;
        blockingReader(limit);
        assertThat(body()).isCompletedWithValueMatching(bytes -> new String(bytes, UTF_8).equals(text));
    }

    @Test
    void theRestIsDroppedOnDemand() throws Exception {
        BodyReader reader = reader(-1, 5);
        in.arrive("x".repeat(100_000));
        reader.onDataAvailable();
        HttpError error = failureOf(body());
        CompletableFuture<Boolean> end = reader.drop();
        assertThat(in.position).isEqualTo(100_000);
        assertThat(end).isNotDone();
        in.arrive("the rest");
        reader.onDataAvailable();
        assertThat(in.position).isEqualTo(100_008);
        assertThat(end).isNotDone();
        in.ended = true;
        reader.onAllDataRead();
        assertThat(end).isCompletedWithValue(true);
        assertThat(reader.isAtEnd()).isTrue();
        assertThat(failureOf(body())).isSameAs(error);
    }

    @Test
    void noMoreThanHalfAMegabyteIsDropped() throws Exception {
        BodyReader reader = reader(-1, 5);
        in.arrive("x".repeat(1_000_000));
        reader.onDataAvailable();
        CompletableFuture<Boolean> end = reader.drop();
        int dropped = in.position;
        assertThat(dropped).isBetween(512 * 1024, 600_000);
        reader.onDataAvailable();
        assertThat(in.position).isEqualTo(dropped);
        assertThat(end).isNotDone();
    }

    @Test
    void aReaderThatOnlyDropsKeepsNothing() throws Exception {
        BodyReader reader = idleReader(request(-1, true));
        reader.drop();
        assertThat(in.listener).isSameAs(reader);
        in.arrive("x".repeat(50_000));
        reader.onDataAvailable();
        assertThat(in.position).isEqualTo(50_000);
        assertThat(reader.isAtEnd()).isFalse();
        reader.onAllDataRead();
        assertThat(reader.drop()).isCompletedWithValue(true);
    }

    @Test
    void whoeverTiresOfWaitingForTheEndDoesNotMakeIt() throws Exception {
        BodyReader reader = idleReader(request(-1, true));
        reader.drop();
        reader.drop().complete(false);
        assertThat(reader.isAtEnd()).isFalse();
        reader.onAllDataRead();
        assertThat(reader.drop()).isCompletedWithValue(true);
    }

    @Test
    void aBodyThatBreaksOffWhileItIsDroppedDoesNotEndWell() throws Exception {
        BodyReader reader = idleReader(request(-1, true));
        reader.drop();
        in.failure = new IOException("reset");
        reader.onDataAvailable();
        CompletableFuture<Boolean> end = reader.drop();
        assertThat(end).isCompletedWithValue(false);
        assertThat(reader.isAtEnd()).isTrue();
    }

    @Test
    void aSignalFromInsideIsReadyIsNoSecondReader() throws Exception {
        BodyReader reader = reader(-1, 100);
        int[] depth = {0};
        in.whenAsked = () -> {
            if (depth[0]++ < 3) {
                reader.onDataAvailable();
            }
        };
        in.arrive("hello");
        reader.onDataAvailable();
        reader.onAllDataRead();
        assertThat(body()).isCompletedWithValueMatching(bytes -> new String(bytes, UTF_8).equals("hello"));
    }

    @Test
    void aBodyShorterThanAnnouncedIsA400() throws Exception {
        BodyReader reader = reader(10, 100);
        in.arrive("short");
        reader.onDataAvailable();
        reader.onAllDataRead();
        HttpError error = failureOf(body());
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.detail()).isEqualTo("body: expected to be whole, got one that breaks off.");
        assertThat(error.headers().get("Connection")).isEqualTo("close");
    }

    @Test
    void aReadThatFailsIsA400() throws Exception {
        BodyReader reader = reader(-1, 100);
        in.failure = new IOException("bad chunk");
        reader.onDataAvailable();
        assertThat(failureOf(body()).status()).isEqualTo(400);
        assertThat(failureOf(body())).hasCause(in.failure);
    }

    @Test
    void anErrorOfTheContainerIsA400() throws Exception {
        BodyReader reader = reader(-1, 100);
        reader.onError(new IOException("reset"));
        assertThat(failureOf(body()).status()).isEqualTo(400);
    }

    @Test
    void whoeverWaitsLearnsThatNothingWillCome() throws Exception {
        BodyReader reader = reader(-1, 100);
        CompletableFuture<Integer> waiting = body().handle((bytes, failure) -> ((HttpError) failure).status());
        reader.abandon();
        assertThat(waiting).succeedsWithin(1, SECONDS).isEqualTo(400);
    }

    private BodyReader formReader(long limit) throws IOException {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getInputStream", in);
        request.put("getContentLengthLong", -1L);
        request.put("getContentType", "application/x-www-form-urlencoded");
        request.put("getCharacterEncoding", "utf-8");
        request.put("getQueryString", null);
        request.put("getParameterMap", Map.of("name", new String[] {"taco"}));
        request.put("isAsyncSupported", true);
        return started(Answers.of(HttpServletRequest.class, request), limit);
    }

    @Test
    void aFormThatAFilterHasReadIsTheBody() throws Exception {
        BodyReader reader = formReader(9);
        reader.onAllDataRead();
        assertThat(body()).isCompletedWithValueMatching(bytes -> new String(bytes, UTF_8).equals("name=taco"));
    }

    @Test
    void aFormThatAFilterHasReadObeysTheLimitToo() throws Exception {
        BodyReader reader = formReader(8);
        reader.onAllDataRead();
        HttpError error = failureOf(body());
        assertThat(error.status()).isEqualTo(413);
        assertThat(error.detail()).isEqualTo("body: expected at most 8 bytes, got more.");
    }

    /** Whoever has cancelled waits for nobody, so nobody is late. */
    @Test
    void aStreamThatIsCancelledDoesNotStandStill() throws Exception {
        List<Runnable> alarms = new ArrayList<>();
        BodyReader reader = idleReader(request(-1, true), alarms);
        AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
        BodyStream stream = new BodyStream(reader, reader::start, Runnable::run);
        stream.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.set(given);
                given.request(1);
            }

            @Override
            public void onNext(ByteBuffer piece) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        assertThat(alarms).hasSize(1);
        Objects.requireNonNull(subscription.get()).cancel();
        alarms.get(0).run();
        assertThat(reader.hasFailed()).isFalse();
    }

    /** The alarm goes off just before, and what it brings about comes late to a thread. */
    @Test
    void aBodyThatIsWholeHasNotStoodStill() throws Exception {
        List<Runnable> alarms = new ArrayList<>();
        List<Runnable> late = new ArrayList<>();
        IdleLimit.Alarms kept = (nanos, alarm) -> {
            alarms.add(alarm);
            return null;
        };
        BodyReader reader = new BodyReader(request(-1, true), true, new Lease(), late::add, kept, Duration.ofNanos(1));
        buffer = new BodyBuffer(reader.announced(), 100);
        reader.start(buffer);
        alarms.get(0).run();
        in.arrive("hello");
        reader.onDataAvailable();
        reader.onAllDataRead();
        assertThat(late).hasSize(1);
        late.get(0).run();
        assertThat(body()).isCompletedWithValueMatching(bytes -> new String(bytes, UTF_8).equals("hello"));
        assertThat(reader.hasStoodStill()).isFalse();
        assertThat(reader.hasFailed()).isFalse();
    }

    /** It is the sink that takes its time then, and not the client. */
    @Test
    void aBodyThatIsThereDoesNotStandStill() throws Exception {
        List<Runnable> alarms = new ArrayList<>();
        BodyReader reader = idleReader(request(-1, true), alarms);
        reader.start(new BodySink() {
            @Override
            public boolean wantsMore() {
                return true;
            }

            @Override
            public int read(InputStream in) throws IOException {
                return in.read(new byte[1]);
            }

            @Override
            public void deliver() {
                alarms.get(0).run();
            }

            @Override
            public void end() {}

            @Override
            public void fail(Throwable failure) {}
        });
        assertThat(alarms).hasSize(1);
        in.arrive("hello");
        reader.onDataAvailable();
        assertThat(reader.received()).isEqualTo(5);
        assertThat(reader.hasFailed()).isFalse();
        alarms.get(0).run();
        assertThat(reader.hasStoodStill()).isTrue();
    }
}
