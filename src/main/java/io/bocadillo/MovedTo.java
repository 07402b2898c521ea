package io.bocadillo;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Answers with a redirect to the route of that name, whose parameters are among those of the path. */
record MovedTo(String name, int status) implements View {

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        String whole = Names.whole(name, req.route());
        Route target = req.app().names().route(whole);
        String path = path(target, req);
        int mount = req.dispatcher().scope().prefix().size();
        if (path.equals(req.canonicalPath().below(mount).encoded())) {
            throw wrongMethod(target);
        }
        String query = req.rawQuery() == null ? "" : "?" + req.rawQuery();
        return res.status(status).redirect(path + query);
    }

    /** The path is that of the route already, which answers other methods. */
    private static HttpError wrongMethod(Route target) {
        Set<String> allowed = new LinkedHashSet<>(target.methods());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return HttpError.untraced(405, null).header("Allow", String.join(", ", allowed));
    }

    private static String path(Route target, Request req) {
        Map<String, String> params = new HashMap<>();
        for (String param : target.compiled().names()) {
            params.put(param, req.param(param).value());
        }
        try {
            return target.compiled().format(params);
        } catch (IllegalArgumentException unfit) {
            throw HttpError.untraced(404, null);
        }
    }
}
