package io.bocadillo;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Answers with a permanent redirect to the route of that name, whose parameters are among those of the path. */
record MovedTo(String name) implements View {

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        String query = req.rawQuery() == null ? "" : "?" + req.rawQuery();
        return res.status(308).redirect(target(req) + query);
    }

    private String target(Request req) {
        Names names = req.app().names();
        Map<String, String> params = new HashMap<>();
        for (String param : names.route(name).compiled().names()) {
            params.put(param, req.param(param).value());
        }
        try {
            return names.path(name, params, Map.of());
        } catch (IllegalArgumentException unfit) {
            throw HttpError.untraced(404, null);
        }
    }
}
