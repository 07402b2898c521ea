package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.App;
import io.bocadillo.Outcome;
import io.bocadillo.Response;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorInServiceTest {

    private final App app = new App();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** Commits with the first byte, and then has no memory left. */
    private static final class Exhausted extends HttpServletResponseWrapper {

        private static final Map<String, @Nullable Object> IGNORED = new HashMap<>();

        static {
            for (String change : List.of("setStatus", "setHeader", "setContentType", "setContentLengthLong")) {
                IGNORED.put(change, null);
            }
        }

        private boolean committed;

        Exhausted() {
            super(Answers.of(HttpServletResponse.class, IGNORED));
        }

        @Override
        public boolean isCommitted() {
            return committed;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public void write(int octet) {
                    committed = true;
                    throw new OutOfMemoryError("none left");
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {}
            };
        }
    }

    @Test
    void itBreaksTheAnswerOffAndNeverEndsItLikeAWholeOne() {
        app.get("/", (req, res) -> {
            req.onEnd(outcome::complete);
            return res.text("half of it");
        });
        app.start();
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getMethod", "GET");
        request.put("getRequestURI", "/");
        request.put("getProtocol", "HTTP/1.1");
        request.put("getHeader", null);
        request.put("getDispatcherType", DispatcherType.REQUEST);
        request.put("getContentLengthLong", -1L);
        request.put("isAsyncSupported", false);
        request.put("isAsyncStarted", false);
        Host host = new Host(app, Container.OTHER, Answers.of(ServletContext.class, Map.of()));
        ServletExchange exchange =
                new ServletExchange(Answers.of(HttpServletRequest.class, request), new Exhausted(), "", host);
        CompletableFuture<Response> answer = app.handle(exchange);
        assertThatThrownBy(() -> exchange.answer(answer)).isInstanceOf(IOException.class);
        assertThat(outcome.join().failure()).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(app.openExchanges()).isZero();
        app.stop();
    }
}
