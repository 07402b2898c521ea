package example;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.Settings;

/** A plugin of others that loaded settings find. */
public final class OtherPlugin implements Plugin {

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get("other").orElse(false);
    }

    @Override
    public void install(App app) {
        app.use((req, res, next) -> {
            String before = res.headers().get("Other");
            res.header(
                    "Other",
                    (before == null ? "" : before + ", ") + "other after "
                            + res.headers().get("Found"));
            return next.handle(req, res);
        });
    }
}
