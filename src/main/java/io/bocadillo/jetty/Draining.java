package io.bocadillo.jetty;

import io.bocadillo.App;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Graceful;

/** Lets Jetty wait, before it stops, for what the app still does: answers without an end are told to end. */
final class Draining extends AbstractLifeCycle implements Graceful {

    private final App app;
    private volatile boolean begun;
    private volatile long left;

    Draining(App app) {
        this.app = app;
    }

    /** What was under way when Jetty waited no longer, before it interrupted its threads. */
    long left() {
        return left;
    }

    @Override
    protected void doStop() {
        left = app.openExchanges();
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
