package io.bocadillo;

import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import io.bocadillo.routing.Pattern;
import io.bocadillo.staticfiles.StaticFile;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Answers what no route of an app takes: with a static file, with the methods that there are, with a redirect to where
 * there is something, with a page for all else; or with 404.
 */
final class Unrouted implements View {

    private final Scope app;
    private final Settings settings;
    private final StaticAreas statics;

    Unrouted(Scope app) {
        this.app = app;
        this.settings = app.app().settings();
        // The standard files are those of the app which the server hosts.
        this.statics = app.app().statics().started(app.outer() == null ? settings : null);
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        boolean options = req.method().equals("OPTIONS");
        boolean reads = reads(req);
        Path path = req.canonicalPath();
        Path inside = path.below(app.prefix().size());
        boolean isBelow = path.size() > app.prefix().size();
        StaticFile file = isBelow ? statics.find(inside, req) : null;
        if (file != null && reads) {
            return res.file(file);
        }
        Set<String> methods = methods(req.match(), file != null);
        if (options && !methods.isEmpty()) {
            return res.header("Allow", String.join(", ", methods)).empty();
        }
        // A preflight must not be redirected (Fetch standard, CORS-preflight fetch).
        boolean mayLackSlash = methods.isEmpty() && settings.redirectTrailingSlash() && !options;
        if (mayLackSlash && !path.endsWithSlash() && lacksSlash(req, inside)) {
            return toSlash(req, res, inside);
        }
        if (reads && statics.fallBack(inside)) {
            return answerByAccept(req, res, inside, methods, isBelow);
        }
        throw none(methods);
    }

    /** A page for clients that want one, and an error for others. */
    private CompletionStage<?> answerByAccept(
            Request req, Response res, Path inside, Set<String> methods, boolean isBelow) {
        StaticFile page = statics.findFallback(inside, req);
        if (page == null) {
            throw none(methods).header("Vary", "Accept");
        }
        res.headers().vary("Accept");
        // Its links are relative to where it is the page.
        return isBelow || !settings.redirectTrailingSlash() ? res.file(page) : toSlash(req, res, inside);
    }

    private static HttpError none(Set<String> methods) {
        return methods.isEmpty()
                ? HttpError.untraced(404, null)
                : HttpError.untraced(405, null).header("Allow", String.join(", ", methods));
    }

    /** Its files that a mount would take all requests for. */
    StaticAreas filesWithin(Predicate<Pattern> taken) {
        return statics.within(below -> taken.test(app.prefix().append(below)));
    }

    /** Whether one of these files may be asked for. */
    boolean mayAnswerWith(StaticAreas files, String method, Path path) {
        return (method.equals("GET") || method.equals("HEAD"))
                && path.size() > app.prefix().size()
                && files.mayHave(path.below(app.prefix().size()));
    }

    /**
     * Whether the answer to a request for a mounted app is one of these files, which stand below the prefix of the mount.
     *
     * @param isTaken whether the mounted app has an answer, before which no fallback comes
     */
    boolean answersWith(StaticAreas files, Request req, boolean isTaken) {
        Path path = req.canonicalPath();
        Path inside = path.below(app.prefix().size());
        try {
            return files.find(inside, req) != null
                    || !path.endsWithSlash()
                            && settings.redirectTrailingSlash()
                            && files.find(inside.withSlash(), req) != null
                    || !isTaken && files.findFallback(inside, req) != null;
        } catch (UncheckedIOException failure) {
            return true; // The pipeline meets it again, and answers.
        }
    }

    /** Those of all routes on the path, and of the file there; empty for neither. */
    private static Set<String> methods(Match<?> match, boolean isFile) {
        Set<String> methods = new LinkedHashSet<>(isFile ? List.of("GET", "HEAD") : List.of());
        if (match instanceof Match.MethodNotAllowed<?> mismatch) {
            methods.addAll(mismatch.allow());
        } else if (isFile) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    /** Whether there is a route, or an index, where the path has a slash. */
    private boolean lacksSlash(Request req, Path inside) {
        boolean isRoute =
                req.dispatcher().isRoute(req.method(), req.canonicalPath().withSlash());
        return isRoute && !statics.hold(inside) || reads(req) && statics.find(inside.withSlash(), req) != null;
    }

    private static boolean reads(Request req) {
        return req.method().equals("GET") || req.method().equals("HEAD");
    }

    private static CompletionStage<?> toSlash(Request req, Response res, Path inside) {
        String query = req.rawQuery();
        return res.status(308).redirect(inside.withSlash().encoded() + (query == null ? "" : "?" + query));
    }
}
