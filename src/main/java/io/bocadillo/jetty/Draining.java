package io.bocadillo.jetty;

import io.bocadillo.App;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.component.Graceful;

/** Lets Jetty wait, before it stops, for what the app still does: answers without an end are told to end. */
final class Draining implements Graceful {

    private final App app;
    private volatile boolean begun;

    Draining(App app) {
        this.app = app;
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        begun = true;
        return app.drain();
    }

    @Override
    public boolean isShutdown() {
        return begun;
    }
}
