package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.bocadillo.Allocation;
import io.bocadillo.App;
import io.bocadillo.Exchange;
import io.bocadillo.Headers;
import io.bocadillo.Middleware;
import io.bocadillo.Response;
import io.bocadillo.View;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each middleware allocates for a request that asks nothing special of it. */
class MiddlewareAllocationTest {

    /** What the boundary around any middleware may take, and a measurement may be off by. */
    private static final long NOTHING = 8;

    private static final String KEY = "a key that is used for nothing but tests";

    private static final PlainExchange PLAIN = new PlainExchange("http", "192.0.2.1", Map.of());
    private static final PlainExchange HTTPS = new PlainExchange("https", "192.0.2.1", Map.of());

    private static final View SMALL = (req, res) -> res.text("x");

    private static final byte[] PIXELS = new byte[4096];
    private static final View IMAGE = (req, res) -> res.content(PIXELS, "image/png");
    private static final View COMPRESSED =
            (req, res) -> res.header("Content-Encoding", "br").content(PIXELS, "text/css");

    /** A middleware, what it is asked, and what it is around. */
    private record Row(String name, Middleware middleware, PlainExchange asked, View view, long limit) {

        Row(String name, Middleware middleware) {
            this(name, middleware, PLAIN, SMALL, NOTHING);
        }

        Row asked(String header, String value) {
            return asked(new PlainExchange("http", "192.0.2.1", Map.of(header, value)));
        }

        Row asked(PlainExchange exchange) {
            return new Row(name, middleware, exchange, view, limit);
        }

        Row around(View inside) {
            return new Row(name, middleware, asked, inside, limit);
        }

        Row upTo(long bytes) {
            return new Row(name, middleware, asked, view, bytes);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> idle() {
        System.setProperty("org.slf4j.simpleLogger.log.io.bocadillo.none", "off");
        return Stream.of(
                new Row("AllowedHosts", new AllowedHosts("other.example", "app.example")),
                new Row("AllowedHosts, below a domain", new AllowedHosts("*.other", "*.example")),
                new Row(
                        "xForwarded, of a request that was not",
                        ForwardedHeaders.xForwarded("192.0.2.0/24").host().prefix()),
                new Row("rfc7239, of a request that was not", ForwardedHeaders.rfc7239("192.0.2.0/24")),
                new Row("Hsts, of what it leaves alone", new Hsts().withoutRedirect()),
                new Row("Gzip, of a small answer", new Gzip()).asked("Accept-Encoding", "gzip, br"),
                new Row("Gzip, of an image", new Gzip()).around(IMAGE).asked("Accept-Encoding", "gzip, br"),
                new Row("Gzip, of what is compressed", new Gzip())
                        .around(COMPRESSED)
                        .asked("Accept-Encoding", "gzip, br"),
                new Row("AccessLog, of a logger that is off", new AccessLog("io.bocadillo.none")),
                new Row("RateLimit, of a known address", new RateLimit(Integer.MAX_VALUE, Duration.ofDays(100))),
                new Row("RateLimit, of what is not limited", new RateLimit(1, Duration.ofDays(1)).by(req -> null)),
                new Row("Sessions that nobody reads", new Sessions(KEY)),
                new Row("Sessions that nobody reads, with a cookie", new Sessions(KEY))
                        .asked("Cookie", "session=" + "a".repeat(200)),
                new Row("Sessions in a store, without a cookie", new Sessions(KEY).store(new MemorySessionStore())),
                new Row("Csrf, of a request that changes nothing", new Csrf()),
                new Row(
                        "SecurityHeaders, none",
                        new SecurityHeaders()
                                .without("X-Content-Type-Options")
                                .without("Referrer-Policy")
                                .without("X-Frame-Options")
                                .without("Cross-Origin-Opener-Policy")));
    }

    @ParameterizedTest
    @MethodSource("idle")
    void nothing(Row row) {
        assertThat(cost(row)).isLessThanOrEqualTo(row.limit);
    }

    /** These have something to do for every request: a field of the answer, or a value of the request. */
    static Stream<Row> busy() {
        return Stream.of(
                new Row("Cors, its Vary", Cors.allow("https://app.example")).upTo(100),
                new Row("Cors, its Vary and its permission", Cors.allow("https://app.example"))
                        .asked("Origin", "https://app.example")
                        .upTo(100),
                new Row("Cors of all origins, its permission", Cors.allow("*")).upTo(100),
                new Row("Gzip, its Vary", new Gzip())
                        .around((req, res) -> res.content(PIXELS, "text/css"))
                        .upTo(100),
                new Row("Hsts, its field", new Hsts()).asked(HTTPS).upTo(100),
                new Row("SecurityHeaders, four fields", new SecurityHeaders()).upTo(200),
                new Row(
                                "SecurityHeaders, five fields, of which one has a nonce that no view asks for",
                                new SecurityHeaders()
                                        .contentSecurityPolicy(ContentSecurityPolicy.defaultSrc("'self'")
                                                .withNonce("script-src")))
                        .upTo(200),
                new Row("RequestId, a UUID, its field and its value", new RequestId()).upTo(400),
                new Row("RequestId, one that came, its field and its value", new RequestId())
                        .asked("X-Request-ID", "abc")
                        .upTo(400),
                new Row("RateLimit, the address of a subscriber", new RateLimit(Integer.MAX_VALUE, Duration.ofDays(99)))
                        .asked(new PlainExchange("http", "2001:db8::1", Map.of()))
                        .upTo(2000),
                new Row("AllowedHosts, a host with a port", new AllowedHosts("app.example"))
                        .asked(new PlainExchange("http", "192.0.2.1", Map.of("Host", "app.example:8443")))
                        .upTo(500),
                new Row("ConcurrencyLimit, its place", new ConcurrencyLimit(1)).upTo(100));
    }

    @ParameterizedTest
    @MethodSource("busy")
    void noMoreThanItNeeds(Row row) {
        assertThat(cost(row)).isLessThanOrEqualTo(row.limit);
    }

    @Test
    void noneIsLeftOut() {
        Set<String> measured = Stream.concat(idle(), busy())
                .map(row -> row.middleware.getClass().getSimpleName())
                .collect(Collectors.toSet());
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.bocadillo.middleware");
        assertThat(classes)
                .filteredOn(type -> type.isAssignableTo(Middleware.class)
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrderElementsOf(measured);
    }

    private static long cost(Row row) {
        return ofRequest(row, row.middleware) - ofRequest(row, (req, res, next) -> next.handle(req, res));
    }

    private static long ofRequest(Row row, Middleware middleware) {
        App app = new App();
        app.use(middleware);
        app.get("/", row.view);
        app.start();
        try {
            return Allocation.of((Supplier<Response>) () -> {
                Response response = app.handle(row.asked).join();
                response.sent(null, 1);
                return response;
            });
        } finally {
            app.stop();
        }
    }

    /** A GET without a body, of an app at {@code app.example} unless its headers say something else. */
    private record PlainExchange(String scheme, String remoteAddress, Map<String, String> fields) implements Exchange {

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
        public String authority() {
            return fields.getOrDefault("Host", "app.example");
        }

        @Override
        public Headers headers() {
            Headers headers = Headers.received();
            fields.forEach(headers::add);
            return headers;
        }

        @Override
        public @Nullable String header(String name) {
            return fields.get(name);
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
