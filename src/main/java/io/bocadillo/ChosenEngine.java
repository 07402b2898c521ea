package io.bocadillo;

import org.jspecify.annotations.Nullable;

/** The engine that renders the templates of an app: made when it is first asked for, once for the settings of the app. */
final class ChosenEngine {

    private volatile @Nullable Made made;

    private record Made(Settings settings, TemplateEngine engine) {}

    TemplateEngine of(Settings settings) {
        Made known = made;
        return known != null && known.settings() == settings ? known.engine() : make(settings);
    }

    /** Of several requests at a time the first one makes it. */
    private synchronized TemplateEngine make(Settings settings) {
        Made known = made;
        if (known != null && known.settings() == settings) {
            return known.engine();
        }
        TemplateEngine chosen = settings.templates();
        TemplateEngine engine = chosen == null ? Services.first("app.templates", TemplateEngine.class) : chosen;
        Made fresh = new Made(settings, engine.with(settings));
        made = fresh;
        return fresh.engine();
    }
}
