package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Route;
import io.bocadillo.View;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The page at the root: what runs here, and its routes. */
final class IndexPage implements View {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Course manager</title>
            <style>
            :root { color-scheme: light dark; --accent: #b4530a; }
            body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 4rem auto; padding: 0 1.5rem; }
            h1 { margin-bottom: 0; }
            h1 + p { margin-top: .25rem; opacity: .75; }
            table { border-collapse: collapse; width: 100%%; margin: 2rem 0; }
            th { text-align: left; font-weight: 600; }
            th:first-child { width: 6rem; }
            th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%%, transparent); }
            code, pre { font: .9rem/1.6 ui-monospace, monospace; }
            pre { padding: 1rem; border-radius: .5rem; overflow-x: auto; background: color-mix(in srgb, currentColor 7%%, transparent); }
            a { color: var(--accent); }
            </style>
            </head>
            <body>
            <h1>Course manager</h1>
            <p>The example app of Bocadillo for Java runs here.</p>
            <table>
            <thead><tr><th>Method</th><th>Path</th></tr></thead>
            <tbody>
            %s
            </tbody>
            </table>
            <p>Create a course, then list them all; <code>/courses/top</code> asks for <code>Authorization: Token
            knowntoken</code>.</p>
            <pre>curl -H 'Content-Type: application/json' \\
              -d '{"name": "Python Programming", "teacher": "Guido van Rossum"}' \\
              %s</pre>
            </body>
            </html>
            """;

    private final App app;

    IndexPage(App app) {
        this.app = app;
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        String base = req.basePath();
        String rows = app.routes().stream().map(route -> row(base, route)).collect(Collectors.joining("\n"));
        String host = req.header("Host").orElse("127.0.0.1:8000");
        String courses = req.scheme() + "://" + host + base + app.urlFor("courses");
        return res.html(PAGE.formatted(rows, escaped(courses)));
    }

    private static String row(String base, Route route) {
        String methods = String.join(", ", route.methods());
        String path = "<code>" + escaped(base + route.pattern()) + "</code>";
        boolean isLink = route.methods().contains("GET") && !route.pattern().contains("{");
        String cell = isLink ? "<a href=\"" + escaped(base + route.pattern()) + "\">" + path + "</a>" : path;
        return "<tr><td><code>" + methods + "</code></td><td>" + cell + "</td></tr>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
