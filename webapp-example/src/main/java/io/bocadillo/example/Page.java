package io.bocadillo.example;

import io.bocadillo.Request;
import io.bocadillo.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What all pages have in common: they show something of the visit. */
final class Page {

    private Page() {}

    // #region render
    static CompletionStage<?> render(Request req, Response res, String template, Map<String, ?> model) {
        Visit visit = new Visit(req.session());
        Map<String, Object> all = new HashMap<>(model);
        all.put("enrolled", visit.enrolled());
        all.put("notice", visit.takeNotice());
        return res.render(template, all);
    }
    // #endregion render
}
