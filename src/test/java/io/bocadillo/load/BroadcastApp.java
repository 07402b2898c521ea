package io.bocadillo.load;

import io.bocadillo.App;
import io.bocadillo.Events;
import io.bocadillo.ServerEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Sends an event to all who listen. */
public final class BroadcastApp implements Supplier<App> {

    private final Set<Events> feeds = ConcurrentHashMap.newKeySet();

    @Override
    public App get() {
        App app = Gauges.addTo(new App());
        app.get(
                "/feed",
                (req, res) -> res.events(events -> {
                    feeds.add(events);
                    events.onClose(() -> feeds.remove(events));
                }));
        app.get("/feeds", (req, res) -> res.text(String.valueOf(feeds.size())));
        app.get("/broadcast", (req, res) -> {
            ServerEvent news = ServerEvent.of("news");
            feeds.forEach(events -> events.send(news));
            return res.text("sent");
        });
        return app;
    }
}
