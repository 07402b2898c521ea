package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Allocation;
import io.bocadillo.App;
import io.bocadillo.Exchange;
import io.bocadillo.Headers;
import io.bocadillo.Middleware;
import io.bocadillo.Response;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each middleware allocates for a request that asks nothing special of it. */
class MiddlewareAllocationTest {

    /** What the boundary around any middleware may take, and a measurement may be off by. */
    private static final long NOTHING = 8;

    private static final String KEY = "a key that is used for nothing but tests";

    static Stream<Arguments> idle() {
        System.setProperty("org.slf4j.simpleLogger.log.io.bocadillo.none", "off");
        return Stream.of(
                Arguments.of("AllowedHosts", new AllowedHosts("app.example")),
                Arguments.of(
                        "xForwarded",
                        ForwardedHeaders.xForwarded("192.0.2.0/24").host().prefix()),
                Arguments.of("rfc7239", ForwardedHeaders.rfc7239("192.0.2.0/24")),
                Arguments.of("Hsts", new Hsts().withoutRedirect()),
                Arguments.of("Gzip, of a small answer", new Gzip()),
                Arguments.of("AccessLog, of a logger that is off", new AccessLog("io.bocadillo.none")),
                Arguments.of("RateLimit, of a known address", new RateLimit(Integer.MAX_VALUE, Duration.ofDays(100))),
                Arguments.of("RateLimit, of what is not limited", new RateLimit(1, Duration.ofDays(1)).by(req -> null)),
                Arguments.of("Sessions that nobody reads", new Sessions(KEY)),
                Arguments.of(
                        "Sessions in a store that nobody reads", new Sessions(KEY).store(new MemorySessionStore())),
                Arguments.of("Csrf, of a request that changes nothing", new Csrf()),
                Arguments.of(
                        "SecurityHeaders",
                        new SecurityHeaders()
                                .without("X-Content-Type-Options")
                                .without("Referrer-Policy")
                                .without("X-Frame-Options")
                                .without("Cross-Origin-Opener-Policy")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("idle")
    void nothing(String name, Middleware middleware) {
        assertThat(cost(middleware)).isLessThanOrEqualTo(NOTHING);
    }

    /** These have something to do for every request: a field of the answer, or a value of the request. */
    static Stream<Arguments> busy() {
        return Stream.of(
                Arguments.of("Cors, its Vary", Cors.allow("https://app.example"), 32),
                Arguments.of("Cors of all origins, its permission", Cors.allow("*"), 32),
                Arguments.of("SecurityHeaders, four fields", new SecurityHeaders(), 300),
                Arguments.of("RequestId, a UUID, its field and its value", new RequestId(), 400),
                Arguments.of("ConcurrencyLimit, its permit", new ConcurrencyLimit(1), 300));
    }

    @ParameterizedTest(name = "{0}: up to {2} bytes")
    @MethodSource("busy")
    void noMoreThanItNeeds(String name, Middleware middleware, long limit) {
        assertThat(cost(middleware)).isLessThanOrEqualTo(limit);
    }

    private static long cost(Middleware middleware) {
        return ofRequest(middleware) - ofRequest((req, res, next) -> next.handle(req, res));
    }

    private static long ofRequest(Middleware middleware) {
        App app = new App();
        app.use(middleware);
        app.get("/", (req, res) -> res.text("x"));
        app.start();
        try {
            return Allocation.of((Supplier<Response>) () -> {
                Response response = app.handle(new PlainExchange()).join();
                response.sent(null, 1);
                return response;
            });
        } finally {
            app.stop();
        }
    }

    /** A GET without a body, whose only header is {@code Host}. */
    private static final class PlainExchange implements Exchange {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawPath() {
            return "/";
        }

        @Override
        public String basePath() {
            return "";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public String authority() {
            return "app.example";
        }

        @Override
        public Headers headers() {
            return Headers.received().add("Host", "app.example");
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals("Host") ? "app.example" : null;
        }

        @Override
        public boolean hasBody() {
            return false;
        }

        @Override
        public CompletionStage<byte[]> body(long limit) {
            return CompletableFuture.completedFuture(new byte[0]);
        }

        @Override
        public Flow.Publisher<ByteBuffer> bodyStream() {
            return HttpRequest.BodyPublishers.noBody();
        }

        @Override
        public long received() {
            return 0;
        }

        @Override
        public <T> @Nullable T get(Class<T> type) {
            return null;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
