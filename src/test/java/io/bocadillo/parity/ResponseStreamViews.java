package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.containers.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Views that answer with a stream. */
final class ResponseStreamViews {

    static final int PIECE = 10_000;

    private final Gates gates;
    private final Reports reports;
    private final Map<String, PiecePublisher> publishers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> disconnects = new ConcurrentHashMap<>();

    ResponseStreamViews(Gates gates, Reports reports) {
        this.gates = gates;
        this.reports = reports;
    }

    void register(App app) {
        app.get("/out/{how}/{count:int}", this::pieces);
        app.get(
                "/given/{token}",
                (req, res) -> res.text("" + publishers.get(token(req)).given()));
        app.get(
                "/cancelled/{token}",
                (req, res) -> publishers.get(token(req)).cancelled().thenCompose(done -> res.text("cancelled")));
        app.get("/disconnects/{token}", (req, res) -> res.text("" + disconnects(token(req))));
        app.get("/gated/{how}/{token}", this::gated);
        app.get("/failing/{how}/{after:int}", ResponseStreamViews::failing);
        app.get(
                "/bad/{kind}",
                (req, res) -> res.stream(BadPublishers.of(req.param("kind").value())));
    }

    /** Reads such a stream late: until then the publisher is asked for no more than fits between it and the client. */
    static void expectWaitsForReader(Site site, String how) throws Exception {
        int count = 1000;
        String token = "slow-" + how;
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET /out/" + how + "/" + count + "?token=" + token));
            assertThat(wire.hasSomethingWithin(30_000)).isTrue();
            long given = Eventually.still(
                    () -> Long.parseLong(site.ask("GET /given/" + token).text()));
            assertThat(given).isLessThan(count);
            wire.widen();
            assertThat(Arrays.equals(wire.read().body(), ResponseStreamViews.whole(count)))
                    .isTrue();
        }
        Eventually.noneOpen(site);
    }

    static byte[] piece(int number) {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) ('a' + number % 26));
        return piece;
    }

    static byte[] whole(int count) {
        ByteBuffer whole = ByteBuffer.allocate(count * PIECE);
        IntStream.range(0, count).forEach(number -> whole.put(piece(number)));
        return whole.array();
    }

    private CompletionStage<?> pieces(Request req, Response res) {
        int count = req.param("count").asInt();
        String token = req.query("token").orElse("none");
        res.onDisconnect(disconnects(token)::incrementAndGet);
        if (req.query("length").isPresent()) {
            res.contentLength(req.query("length").asLong());
        }
        String how = req.param("how").value();
        if (how.equals("items")) {
            return res.stream(IntStream.range(0, count)
                    .mapToObj(ResponseStreamViews::piece)
                    .onClose(() -> reports.add(token, "closed")));
        }
        if (how.equals("writer")) {
            return res.write(out -> {
                try {
                    for (int number = 0; number < count; number++) {
                        out.write(piece(number));
                    }
                    reports.add(token, "written");
                } catch (Exception failure) {
                    reports.add(token, failure.getClass().getSimpleName());
                    throw failure;
                }
            });
        }
        if (how.equals("plain")) {
            return res.stream(new PlainPublisher(count));
        }
        Executor threads = how.startsWith("async") ? ForkJoinPool.commonPool() : Runnable::run;
        PiecePublisher publisher = new PiecePublisher(count, number -> form(how, piece(number)), threads);
        publishers.put(token, publisher);
        return res.stream(publisher);
    }

    private static Object form(String how, byte[] piece) {
        if (how.endsWith("strings")) {
            return new String(piece, StandardCharsets.US_ASCII);
        }
        if (how.endsWith("buffers")) {
            return ByteBuffer.allocateDirect(piece.length).put(piece).flip().asReadOnlyBuffer();
        }
        return piece;
    }

    /** The second piece is not there before the gate is open. */
    private CompletionStage<?> gated(Request req, Response res) {
        var gate = gates.gate(token(req));
        if (req.param("how").value().equals("writer")) {
            return res.write(out -> {
                out.write("first".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                gate.join();
                out.write("second".getBytes(StandardCharsets.US_ASCII));
            });
        }
        SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
        CompletionStage<?> answered = res.stream(publisher::subscribe);
        Thread feeder = new Thread(() -> {
            while (publisher.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            publisher.submit("first");
            gate.join();
            publisher.submit("second");
            publisher.close();
        });
        feeder.setDaemon(true);
        feeder.start();
        return answered;
    }

    private static CompletionStage<?> failing(Request req, Response res) {
        int after = req.param("after").asInt();
        return switch (req.param("how").value()) {
            case "writer" ->
                res.write(out -> {
                    for (int number = 0; number < after; number++) {
                        out.write(piece(number));
                        out.flush();
                    }
                    throw new IllegalStateException("SECRET");
                });
            case "items" -> res.stream(Stream.iterate(0, number -> number + 1).map(number -> fail(number, 2 * after)));
            case "async" -> res.stream(new FailingPublisher(after));
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object fail(int number, int after) {
        if (number == after) {
            throw new IllegalStateException("SECRET");
        }
        return piece(number);
    }

    private record FailingPublisher(int count) implements Flow.Publisher<Object> {
        @Override
        public void subscribe(Flow.Subscriber<? super Object> subscriber) {
            SubmissionPublisher<Object> publisher = new SubmissionPublisher<>();
            publisher.subscribe(subscriber);
            for (int number = 0; number < count; number++) {
                publisher.submit(piece(number));
            }
            new Thread(() -> publisher.closeExceptionally(new IllegalStateException("SECRET"))).start();
        }
    }

    private AtomicInteger disconnects(String token) {
        return disconnects.computeIfAbsent(token, unseen -> new AtomicInteger());
    }

    private static String token(Request req) {
        return req.param("token").value();
    }
}
