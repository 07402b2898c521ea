package example;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.Settings;

/** A plugin of others whose name comes before that of {@link OtherPlugin}, though its line in the file does not. */
public final class AnotherPlugin implements Plugin {

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get("another").orElse(false);
    }

    @Override
    public void install(App app) {
        app.use((req, res, next) -> {
            res.header("Other", "another after " + res.headers().get("Found"));
            return next.handle(req, res);
        });
    }
}
