package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.ClientDisconnect;
import io.bocadillo.Outcome;
import io.bocadillo.Response;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExchangeEndRaceTest {

    private static final int ROUNDS = 10_000;

    private record Deciding(ServletExchange exchange, Response answer) {
        void decide() {
            exchange.decidedFor(answer);
        }
    }

    private final App app = new App();
    private final AtomicReference<CompletableFuture<Outcome>> told = new AtomicReference<>(new CompletableFuture<>());

    private static HttpServletRequest request() {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getMethod", "GET");
        request.put("getRequestURI", "/");
        request.put("getProtocol", "HTTP/1.1");
        request.put("getHeader", null);
        request.put("getContentLengthLong", -1L);
        request.put("isAsyncSupported", true);
        request.put("isAsyncStarted", false);
        return Answers.of(HttpServletRequest.class, request);
    }

    /** Another thread decides all the time, so it is at every place when the exchange ends. */
    @Test
    void anAnswerThatIsDecidedWhileItsExchangeBreaksOffIsNeverToldAsSent() throws Exception {
        app.get("/", (req, res) -> {
            req.onEnd(told.get()::complete);
            return res.text("hello");
        });
        app.start();
        HttpServletRequest request = request();
        HttpServletResponse response = Answers.of(HttpServletResponse.class, Map.of("isCommitted", true));
        Host host = new Host(app, Container.OTHER, Answers.of(ServletContext.class, Map.of()));
        AtomicReference<@Nullable Deciding> current = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                Deciding next = current.get();
                if (next != null) {
                    next.decide();
                }
            }
        });
        try {
            for (int round = 0; round < ROUNDS; round++) {
                told.set(new CompletableFuture<>());
                ServletExchange exchange = new ServletExchange(request, response, "", host);
                current.set(new Deciding(exchange, app.handle(exchange).join()));
                exchange.end(new IOException("reset"));
                assertThat(told.get().get(30, TimeUnit.SECONDS).failure())
                        .as("failure told in round %s", round)
                        .isInstanceOf(ClientDisconnect.class);
            }
        } finally {
            over.set(true);
            deciding.get();
            app.stop();
        }
    }
}
