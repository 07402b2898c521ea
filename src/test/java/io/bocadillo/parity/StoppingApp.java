package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** An app that is stopped with work to do; what becomes of it, it writes into the folder that a request names. */
abstract class StoppingApp implements Supplier<App> {

    private final Duration gracePeriod;
    private volatile Path folder;

    StoppingApp(Duration gracePeriod) {
        this.gracePeriod = gracePeriod;
    }

    @Override
    public App get() {
        App app = new App(Settings.defaults().gracePeriod(gracePeriod));
        app.get("/hello", (req, res) -> res.text("hello"));
        app.get("/task", (req, res) -> {
            folder = Path.of(req.query("folder").value());
            return res.background(this::waitToGo).text("accepted");
        });
        app.get("/events", (req, res) -> {
            folder = Path.of(req.query("folder").value());
            return res.events(events -> {
                events.onClose(() -> Files.createFile(folder.resolve("closed")));
                events.send("one");
            });
        });
        app.onShutdown(() -> Files.createFile(folder.resolve("shut-down")));
        return app;
    }

    private void waitToGo() throws IOException, InterruptedException {
        while (!Files.exists(folder.resolve("go"))) {
            Thread.sleep(10);
        }
        if (!Files.exists(folder.resolve("shut-down"))) {
            Files.createFile(folder.resolve("done"));
        }
    }

    /** Waits longer than any test takes. */
    public static final class Patient extends StoppingApp {
        public Patient() {
            super(Duration.ofMinutes(5));
        }
    }

    /** Hardly waits at all. */
    public static final class Hasty extends StoppingApp {
        public Hasty() {
            super(Duration.ofMillis(200));
        }
    }
}
