package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Route;
import io.bocadillo.View;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** The page at the root: what runs here, the latest courses, and the routes. */
final class Overview implements View {

    private static final int LATEST = 5;

    private final App app;
    private final Courses courses;

    Overview(App app, Courses courses) {
        this.app = app;
        this.courses = courses;
    }

    /** A row of the table. */
    record Row(String path, Set<String> methods) {

        /** Whether it is a page or a list, and not one of many. */
        public boolean isLink() {
            return methods.contains("GET") && !path.contains("{");
        }
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        return Page.render(
                req,
                res,
                "overview.html",
                Map.of(
                        "server", server(req),
                        "java", System.getProperty("java.version"),
                        "courses", courses.latest(LATEST),
                        "routes", routes(),
                        "root", root(req)));
    }

    /** By their paths, each of them once. */
    private Collection<Row> routes() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Route route : app.routes()) {
            rows.computeIfAbsent(route.pattern(), path -> new Row(path, new TreeSet<>()))
                    .methods()
                    .addAll(route.methods());
        }
        return rows.values();
    }

    /** As the client has named it, for whom alone the page is. */
    private static String root(Request req) {
        return req.host() == null ? "" : req.scheme() + "://" + req.host();
    }

    /** The container's own objects are there for whoever asks, where there is a container. */
    private static String server(Request req) {
        return req.find(HttpServletRequest.class)
                .map(request -> request.getServletContext().getServerInfo())
                .orElse("none");
    }
}
