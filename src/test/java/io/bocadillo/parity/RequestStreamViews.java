package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Request;
import io.bocadillo.Response;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

/** Views that take the body of the request as a stream. */
final class RequestStreamViews {

    static final int LIMIT = 1000;

    private final Gates gates;
    private final Reports reports;
    private final Map<String, Taker> takers = new ConcurrentHashMap<>();

    RequestStreamViews(Gates gates, Reports reports) {
        this.gates = gates;
        this.reports = reports;
    }

    void register(App app) {
        app.post("/in/echo", (req, res) -> res.stream(req.stream())).streaming();
        app.post("/in/echo-later", RequestStreamViews::echoOnAnotherThread).streaming();
        app.post("/in/taken", (req, res) -> take(req, res, req.stream())).streaming();
        app.post("/in/one-by-one", (req, res) -> oneByOne(req.stream()).thenCompose(res::text))
                .streaming();
        app.post("/in/limited", (req, res) -> take(req, res, req.stream()))
                .streaming()
                .maxBody(LIMIT);
        app.post("/in/stepwise/{token}", this::stepwise).streaming();
        app.post("/steps/{token}/{n}", (req, res) -> {
            taker(req).subscription().request(req.param("n").asLong());
            return res.text("asked");
        });
        app.get("/steps/{token}", (req, res) -> res.text("" + taker(req).count()));
        app.post("/in/cancelled", RequestStreamViews::cancel).streaming();
        app.post("/in/early", RequestStreamViews::answerEarly).streaming();
        app.post("/in/ignored", (req, res) -> res.text("ignored")).streaming();
        app.post("/in/unsubscribed", (req, res) -> {
                    req.stream();
                    return res.text("unsubscribed");
                })
                .streaming();
        app.post("/in/undemanded", (req, res) -> {
                    req.stream().subscribe(new Taker());
                    return res.text("undemanded");
                })
                .streaming();
        app.post("/in/twice", RequestStreamViews::twice).streaming();
        app.post("/in/zero", RequestStreamViews::zero).streaming();
        app.post("/in/throwing/{token}", this::throwing).streaming();
    }

    private CompletionStage<?> take(Request req, Response res, Flow.Publisher<ByteBuffer> body) {
        Taker taker = new Taker();
        body.subscribe(taker);
        taker.subscription().request(Long.MAX_VALUE);
        req.query("token").values().forEach(token -> taker.outcome().thenAccept(seen -> reports.add(token, seen)));
        return taker.outcome().thenCompose(res::text);
    }

    private static CompletionStage<?> echoOnAnotherThread(Request req, Response res) {
        return CompletableFuture.supplyAsync(req::stream).thenComposeAsync(res::stream);
    }

    private static CompletionStage<String> oneByOne(Flow.Publisher<ByteBuffer> body) {
        Taker taker = new Taker() {
            @Override
            public void onNext(ByteBuffer piece) {
                super.onNext(piece);
                CompletableFuture.runAsync(() -> subscription().request(1));
            }
        };
        body.subscribe(taker);
        taker.subscription().request(1);
        return taker.outcome();
    }

    /** Asks for pieces when it is told to. */
    private CompletionStage<?> stepwise(Request req, Response res) {
        Taker taker = taker(req);
        req.stream().subscribe(taker);
        return taker.outcome().thenCompose(res::text);
    }

    private Taker taker(Request req) {
        return takers.computeIfAbsent(req.param("token").value(), unseen -> new Taker());
    }

    private static CompletionStage<?> cancel(Request req, Response res) {
        Taker taker = new Taker();
        req.stream().subscribe(taker);
        taker.subscription().request(1);
        return CompletableFuture.supplyAsync(() -> {
                    awaitFirst(taker);
                    taker.subscription().cancel();
                    return "cancelled";
                })
                .thenCompose(res::text);
    }

    /** Answers after the first piece, and leaves the stream as it is. */
    private static CompletionStage<?> answerEarly(Request req, Response res) {
        Taker taker = new Taker();
        req.stream().subscribe(taker);
        taker.subscription().request(1);
        return CompletableFuture.runAsync(() -> awaitFirst(taker)).thenCompose(done -> res.text("early"));
    }

    private static CompletionStage<?> twice(Request req, Response res) {
        Flow.Publisher<ByteBuffer> body = req.stream();
        Taker second = new Taker();
        Taker first = new Taker();
        body.subscribe(first);
        body.subscribe(second);
        first.subscription().request(Long.MAX_VALUE);
        return first.outcome()
                .thenCombine(second.outcome(), (one, two) -> one + " | " + two)
                .thenCompose(res::text);
    }

    private static CompletionStage<?> zero(Request req, Response res) {
        Taker taker = new Taker();
        req.stream().subscribe(taker);
        taker.subscription().request(0);
        return taker.outcome().thenCompose(res::text);
    }

    private CompletionStage<?> throwing(Request req, Response res) {
        Taker taker = new Taker() {
            @Override
            public void onNext(ByteBuffer piece) {
                throw new IllegalStateException("subscriber against the rules");
            }
        };
        req.stream().subscribe(taker);
        taker.subscription().request(Long.MAX_VALUE);
        return gates.gate(req.param("token").value()).thenCompose(open -> res.text("answered"));
    }

    private static void awaitFirst(Taker taker) {
        try {
            taker.awaitFirst();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
