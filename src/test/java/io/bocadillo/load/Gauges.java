package io.bocadillo.load;

import io.bocadillo.App;
import java.lang.management.ManagementFactory;

/** What a {@link ChildServer} can tell about itself. */
final class Gauges {

    private Gauges() {}

    static App addTo(App app) {
        app.get("/ping", (req, res) -> res.text("pong"));
        app.get("/open", (req, res) -> res.text(String.valueOf(app.openExchanges() - 1)));
        app.get("/live-heap", (req, res) -> {
            System.gc();
            return res.text(String.valueOf(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()));
        });
        return app;
    }
}
