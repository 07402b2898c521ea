package io.bocadillo.servlet;

import io.bocadillo.Headers;
import io.bocadillo.Response;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer of a servlet, which is on the container's response: on the app's response, its head and an empty body stand for
 * it, so that whoever is around it sees what it has answered.
 */
final class ServletAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    /** An array of its own, by which the answer is recognised. */
    private final byte[] body = new byte[0];

    private @Nullable Headers shown;
    private int shownStatus;

    /** Puts what is recorded before the servlet is called on the container's response. */
    static void begin(Response res, HttpServletResponse response) {
        response.setStatus(res.status());
        res.headers().copyTo(response::setHeader, response::addHeader);
    }

    /** Records it; {@link IllegalStateException} if the time of the response is over. */
    void show(Response res, HttpServletResponse response) {
        int status = response.getStatus();
        if (status >= HttpServletResponse.SC_OK && status < 600) {
            res.status(status);
        }
        String type = response.getContentType();
        res.content(body, type == null ? "" : type);
        Headers headers = res.headers();
        for (String name : new LinkedHashSet<>(response.getHeaderNames())) {
            headers.remove(name);
            response.getHeaders(name).forEach(value -> add(headers, name, value));
        }
        // Some containers keep it apart from the other fields.
        if (type == null) {
            headers.remove("Content-Type");
        } else {
            headers.set("Content-Type", type);
        }
        shown = new Headers().addAll(headers);
        shownStatus = res.status();
    }

    /** Whether that is it, and nobody has given another one in its place. */
    boolean isStill(Response answer) {
        return answer.bodyStream() == null && answer.body() == body;
    }

    /** Puts on the container's response what has been set since, unless that is on its way already. */
    void complete(Response answer, HttpServletResponse response) {
        Headers before = shown;
        if (before == null || response.isCommitted()) {
            return;
        }
        if (answer.status() != shownStatus) {
            response.setStatus(answer.status());
        }
        Set<String> names = new LinkedHashSet<>();
        answer.headers().forEach((name, value) -> names.add(name));
        for (String name : names) {
            List<String> values = answer.headers().all(name);
            if (!values.equals(before.all(name))) {
                response.setHeader(name, values.get(0));
                values.subList(1, values.size()).forEach(value -> response.addHeader(name, value));
            }
        }
    }

    private static void add(Headers headers, String name, String value) {
        try {
            headers.add(name, value);
        } catch (IllegalArgumentException malformed) {
            LOG.debug("a header field of a servlet can't be shown", malformed);
        }
    }
}
