package io.bocadillo.parity;

import io.bocadillo.App;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What views have seen, by token; {@code GET /report/{token}} answers as soon as there is a report. */
final class Reports {

    private final Map<String, CompletableFuture<String>> reports = new ConcurrentHashMap<>();

    void add(String token, String report) {
        report(token).complete(report);
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
