package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.Outcome;
import io.bocadillo.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers refuse it in states that no filter of ours brings about; each has states of its own. */
class RefusedAsyncModeTest {

    private static final String REFUSAL =
            "asynchronous mode: expected one to start, got 'finished'. Let no filter end the request.";

    private final App app = new App();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<String> found = new CompletableFuture<>();

    @AfterEach
    void stop() {
        app.stop();
    }

    private static final class Refusing extends HttpServletRequestWrapper {

        Refusing(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            throw new IllegalStateException("finished");
        }
    }

    private ServletExchange exchange(String path) {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getMethod", "GET");
        request.put("getRequestURI", path);
        request.put("getProtocol", "HTTP/1.1");
        request.put("getHeader", null);
        request.put("getDispatcherType", DispatcherType.REQUEST);
        request.put("getContentLengthLong", -1L);
        request.put("isAsyncSupported", true);
        request.put("isAsyncStarted", false);
        HttpServletResponse response = Answers.of(HttpServletResponse.class, Map.of("isCommitted", true));
        Host host = new Host(app, Container.OTHER, Answers.of(ServletContext.class, Map.of()));
        return new ServletExchange(new Refusing(Answers.of(HttpServletRequest.class, request)), response, "", host);
    }

    private void answer(ServletExchange exchange) throws Exception {
        CompletableFuture<Response> answer = app.handle(exchange);
        exchange.answer(answer);
    }

    @Test
    void aLateAnswerEndsItsExchangeWithTheReason() throws Exception {
        app.get("/", (req, res) -> {
            req.onEnd(outcome::complete);
            return found.thenCompose(res::text);
        });
        app.start();
        ServletExchange exchange = exchange("/");
        try (CapturedLog log = new CapturedLog()) {
            answer(exchange);
            assertThat(exchange.hasEnded()).isTrue();
            assertThat(log.lines("ERROR")).singleElement().asString().contains("GET /: expected to answer", REFUSAL);
        }
        found.complete("late");
        assertThat(outcome.join().failure())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(REFUSAL);
        assertThat(app.openExchanges()).isZero();
    }

    @Test
    void soDoesAMountedServletThatWaitsForAThread() throws Exception {
        app.use((req, res, next) -> {
            req.onEnd(outcome::complete);
            FutureTask<CompletionStage<?>> elsewhere = new FutureTask<>(() -> next.handle(req, res));
            new Thread(elsewhere).start();
            return elsewhere.get();
        });
        app.mount("/legacy", new HttpServlet() {});
        app.start();
        ServletExchange exchange = exchange("/legacy/x");
        answer(exchange);
        assertThat(exchange.hasEnded()).isTrue();
        assertThat(outcome.join().failure()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(app.openExchanges()).isZero();
    }
}
