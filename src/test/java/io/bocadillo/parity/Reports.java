package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Middleware;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What views have seen, by token; {@code GET /report/{token}} answers as soon as there is a report. */
final class Reports {

    private final Map<String, CompletableFuture<String>> reports = new ConcurrentHashMap<>();

    void add(String token, String report) {
        report(token).complete(report);
    }

    /** Reports the status of each answer, the bytes of its body, and how it ended, under the token of its request. */
    Middleware ofOutcomes() {
        return (req, res, next) -> {
            String token = req.firstHeader("X-Token");
            if (token != null) {
                req.onEnd(outcome -> add(
                        token,
                        outcome.status() + " " + outcome.bytes() + " "
                                + (outcome.failure() == null
                                        ? "sent"
                                        : outcome.failure().getClass().getSimpleName())));
            }
            return next.handle(req, res);
        };
    }

    void register(App app) {
        app.get(
                "/report/{token}",
                (req, res) -> report(req.param("token").value()).thenCompose(res::text));
    }

    private CompletableFuture<String> report(String token) {
        return reports.computeIfAbsent(token, unseen -> new CompletableFuture<>());
    }
}
