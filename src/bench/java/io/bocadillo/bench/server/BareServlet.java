package io.bocadillo.bench.server;

import io.bocadillo.bench.server.Content.Greeting;
import io.bocadillo.bench.server.Content.Note;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** The limit: the endpoints written by hand on the servlet API, with no more in between than they need. */
final class BareServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USERS = "/users/";
    private static final String POSTS = "/posts/";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        switch (path) {
            case "/plaintext" -> write(response, Content.TEXT_TYPE, text(Content.TEXT));
            case "/json" -> write(response, Content.JSON_TYPE, JSON.writeValueAsBytes(new Greeting(Content.TEXT)));
            case "/echo" -> echo(request, response);
            case "/wait" -> waitFirst(request, response);
            case "/big" -> BigAnswer.start(request, response);
            default -> post(path, response);
        }
    }

    private static void post(String path, HttpServletResponse response) throws IOException {
        int slash = path.startsWith(USERS) ? path.indexOf('/', USERS.length()) : -1;
        if (slash < 0 || !path.startsWith(POSTS, slash)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String id = path.substring(USERS.length(), slash);
        String slug = path.substring(slash + POSTS.length());
        write(response, Content.TEXT_TYPE, text(Content.post(id, slug)));
    }

    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WholeBody.read(request, body -> {
            Note note = JSON.readValue(body, Note.class);
            write(response, Content.JSON_TYPE, JSON.writeValueAsBytes(note));
        });
    }

    private static void waitFirst(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Delay.then(() -> {
            try {
                write(response, Content.TEXT_TYPE, text(Content.TEXT));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            } finally {
                async.complete();
            }
        });
    }

    private static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
