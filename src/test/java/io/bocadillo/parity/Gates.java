package io.bocadillo.parity;

import io.bocadillo.App;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What views wait for, by token, until {@code POST /gate/{token}} opens it. */
final class Gates {

    private final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

    void register(App app) {
        app.post("/gate/{token}", (req, res) -> {
            gate(req.param("token").value()).complete(null);
            return res.text("open");
        });
    }

    CompletableFuture<Void> gate(String token) {
        return gates.computeIfAbsent(token, closed -> new CompletableFuture<>());
    }
}
