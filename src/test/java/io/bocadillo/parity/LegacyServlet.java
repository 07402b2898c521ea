package io.bocadillo.parity;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A servlet of old, which does by the Servlet API alone whatever its path says. */
final class LegacyServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    static final int LARGE = 5 * 1024 * 1024;

    /** What its {@link #init} has seen. */
    private String started = "not started";

    static final class LegacyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void init() {
        started = getServletName() + " " + (getServletContext() != null);
    }

    @Override
    protected void service(HttpServletRequest req, HttpServletResponse resp) throws ServletException, IOException {
        String what = req.getPathInfo() == null ? "" : req.getPathInfo();
        switch (what) {
            case "/started" -> text(resp, started);
            case "/async-supported" -> text(resp, String.valueOf(req.isAsyncSupported()));
            case "/echo" -> echo(req, resp);
            case "/lines" -> text(resp, lines(req));
            case "/params" -> text(resp, parameters(req));
            case "/teapot" -> resp.sendError(418, "short and stout");
            case "/teapot-boom" -> {
                resp.sendError(418, "short and stout");
                throw new LegacyException();
            }
            case "/created" -> created(resp);
            case "/boom" -> throw new ServletException(new LegacyException());
            case "/broken" -> broken(resp);
            case "/large" -> large(resp);
            case "/slow" -> slow(resp);
            case "/async" -> async(req);
            case "/write" -> write(req);
            case "/read" -> read(req);
            case "/dispatch", "/dispatch-wrapped" -> dispatch(req, resp);
            case "/dispatch-out" -> dispatchOut(req);
            case "/twice" -> twice(req, resp);
            case "/broken-async" -> brokenAsync(req);
            case "/dispatch-to" -> dispatchTo(req);
            case "/timeout" -> timeout(req);
            default -> text(resp, where(req));
        }
    }

    private static void text(HttpServletResponse resp, String text) throws IOException {
        resp.setContentType("text/plain");
        resp.setCharacterEncoding("utf-8");
        resp.getWriter().write(text);
    }

    private static void echo(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        byte[] body = req.getInputStream().readAllBytes();
        resp.setContentLength(body.length);
        resp.getOutputStream().write(body);
    }

    /** There is one reader, however often a servlet asks for it. */
    private static String lines(HttpServletRequest req) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = req.getReader().readLine();
                line != null;
                line = req.getReader().readLine()) {
            lines.add(line);
        }
        return String.join("|", lines);
    }

    private static String where(HttpServletRequest req) {
        return String.join(
                "|",
                req.getMethod(),
                req.getContextPath(),
                req.getServletPath(),
                String.valueOf(req.getPathInfo()),
                req.getRequestURI(),
                req.getHttpServletMapping().getPattern(),
                req.getDispatcherType().name());
    }

    private static String parameters(HttpServletRequest req) {
        return req.getParameterMap().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + String.join(",", entry.getValue()))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static void created(HttpServletResponse resp) throws IOException {
        resp.setStatus(201);
        resp.setHeader("X-Legacy", "yes");
        resp.addHeader("Set-Cookie", "legacy=1");
        text(resp, "created");
    }

    private static void broken(HttpServletResponse resp) throws IOException {
        resp.setContentLength(1000);
        text(resp, "the beginning");
        resp.flushBuffer();
        throw new LegacyException();
    }

    private static void large(HttpServletResponse resp) throws IOException {
        byte[] piece = Bytes.pattern(64 * 1024);
        resp.setContentLength(LARGE);
        for (int i = 0; i < LARGE / piece.length; i++) {
            resp.getOutputStream().write(piece);
        }
    }

    private static void slow(HttpServletResponse resp) throws IOException {
        try {
            Thread.sleep(ServletsApp.TIMEOUT_MILLIS + 500);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        text(resp, "slow");
    }

    private static void async(HttpServletRequest req) {
        AsyncContext context = req.startAsync();
        new Thread(() -> {
                    try {
                        Thread.sleep(ServletsApp.TIMEOUT_MILLIS + 500);
                        HttpServletResponse resp = (HttpServletResponse) context.getResponse();
                        resp.setStatus(202);
                        text(resp, where((HttpServletRequest) context.getRequest()));
                        context.complete();
                    } catch (IOException | InterruptedException failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .start();
    }

    /** Has an end of its own: Undertow does not tell its listener that a client has gone. */
    private static void write(HttpServletRequest req) throws IOException {
        AsyncContext context = req.startAsync();
        context.setTimeout(6_000);
        context.getResponse().setContentLength(LARGE);
        ServletOutputStream out = context.getResponse().getOutputStream();
        byte[] bytes = Bytes.pattern(LARGE);
        out.setWriteListener(new WriteListener() {
            private int written;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (written == bytes.length) {
                        context.complete();
                        return;
                    }
                    out.write(bytes, written, Math.min(32 * 1024, bytes.length - written));
                    written += Math.min(32 * 1024, bytes.length - written);
                }
            }

            @Override
            public void onError(Throwable gone) {
                context.complete();
            }
        });
    }

    private static void read(HttpServletRequest req) throws IOException {
        AsyncContext context = req.startAsync();
        ServletInputStream in = req.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                byte[] piece = new byte[1000];
                while (in.isReady() && !in.isFinished()) {
                    int read = in.read(piece);
                    if (read < 0) {
                        return;
                    }
                    all.write(piece, 0, read);
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                context.getResponse().setContentLength(all.size());
                context.getResponse().getOutputStream().write(all.toByteArray());
                context.complete();
            }

            @Override
            public void onError(Throwable gone) {
                context.complete();
            }
        });
    }

    private static void dispatch(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        if (req.getDispatcherType() == DispatcherType.ASYNC) {
            text(resp, where(req) + "|" + req.getAttribute("seen"));
            return;
        }
        req.setAttribute("seen", "before");
        AsyncContext context = req.getPathInfo().equals("/dispatch")
                ? req.startAsync()
                : req.startAsync(new HttpServletRequestWrapper(req), resp);
        new Thread(context::dispatch).start();
    }

    private static void dispatchOut(HttpServletRequest req) {
        req.startAsync().dispatch(req.getServletPath().replace("/legacy", "/hello"));
    }

    private static void twice(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        AsyncContext context = req.startAsync();
        try {
            req.startAsync();
        } catch (IllegalStateException refused) {
            text(resp, "refused");
        }
        context.complete();
    }

    private static void brokenAsync(HttpServletRequest req) {
        req.startAsync();
        throw new LegacyException();
    }

    private static void dispatchTo(HttpServletRequest req) {
        req.startAsync().dispatch(req.getServletPath() + "/other");
    }

    private static void timeout(HttpServletRequest req) {
        AsyncContext context = req.startAsync();
        context.setTimeout(100);
        context.addListener(new AsyncListener() {
            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                ((HttpServletResponse) context.getResponse()).setStatus(504);
                context.getResponse().getWriter().write("its own timeout");
                context.complete();
            }

            @Override
            public void onComplete(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }

    /** Whether that is what {@code /large} answers. */
    static boolean isLarge(byte[] body) {
        byte[] piece = Bytes.pattern(64 * 1024);
        for (int i = 0; i < body.length; i += piece.length) {
            if (!Arrays.equals(body, i, i + piece.length, piece, 0, piece.length)) {
                return false;
            }
        }
        return body.length == LARGE;
    }
}
