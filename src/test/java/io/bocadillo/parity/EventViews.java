package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.EventQueue;
import io.bocadillo.Events;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.ServerEvent;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Views that answer with events; what becomes of them is in the reports. */
final class EventViews {

    static final int CAPACITY = 4;

    private static final String PADDING = "x".repeat(32 * 1024);

    private final Reports reports;
    private final Map<String, AtomicInteger> sent = new ConcurrentHashMap<>();

    EventViews(Reports reports) {
        this.reports = reports;
    }

    void register(App app) {
        app.get("/events/{token}", this::open);
        app.get("/many-events/{queue}/{token}/{count:int}", this::many);
        app.get("/sent-events/{token}", (req, res) -> res.text("" + sent(token(req))));
    }

    /** Two events, and then nothing but heartbeats. */
    private CompletionStage<?> open(Request req, Response res) {
        String token = token(req);
        res.onDisconnect(() -> reports.add(token + "-disconnect", "disconnect"));
        return res.events(events -> {
            events.onClose(() -> reports.add(token + "-close", "close"));
            events.send("one");
            events.send("two");
        });
    }

    /** As many events as the queue lets through, each with its number and so large that buffers are full soon. */
    private CompletionStage<?> many(Request req, Response res) {
        String token = token(req);
        String queue = req.param("queue").value();
        int count = req.param("count").asInt();
        res.onDisconnect(() -> reports.add(token + "-disconnect", "disconnect"));
        return res.events(queue(queue), events -> {
            events.onClose(() -> reports.add(token + "-close", "close"));
            reports.add(token, send(events, count, queue.equals("waiting"), sent(token)));
            events.close();
        });
    }

    private static String send(Events events, int count, boolean waits, AtomicInteger sent) {
        for (int number = 0; number < count; number++) {
            var stage = events.send(ServerEvent.of(number + " " + PADDING)).toCompletableFuture();
            if (!waits && !stage.isDone()) {
                return "has to wait";
            }
            try {
                stage.join();
            } catch (CompletionException refused) {
                return refused.getCause().getClass().getSimpleName();
            }
            sent.incrementAndGet();
        }
        return "all sent";
    }

    private static EventQueue queue(String name) {
        return switch (name) {
            case "waiting" -> EventQueue.waiting(CAPACITY);
            case "drop-oldest" -> EventQueue.dropOldest(CAPACITY);
            case "close-when-full" -> EventQueue.closeWhenFull(CAPACITY);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private AtomicInteger sent(String token) {
        return sent.computeIfAbsent(token, unseen -> new AtomicInteger());
    }

    private static String token(Request req) {
        return req.param("token").value();
    }
}
