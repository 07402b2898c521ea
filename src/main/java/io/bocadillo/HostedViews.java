package io.bocadillo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of an app a server answers in its own way, such as servlets: running after the startup events, until the shutdown events. */
final class HostedViews {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final List<HostedView> running = new ArrayList<>();

    /**
     * Starts the views of these routes, once; {@link #stop} ends those that have started when one fails.
     *
     * @throws IllegalStateException if one fails
     */
    void start(List<Route> routes, Object server) {
        if (!running.isEmpty()) {
            return;
        }
        for (Route route : routes) {
            HostedView view = (HostedView) route.view();
            try {
                view.start(server);
            } catch (Exception failure) {
                throw new IllegalStateException(
                        "mount " + route + ": expected its servlet to start, got '" + failure
                                + "'. Mend its cause, which follows.",
                        failure);
            }
            running.add(view);
        }
    }

    /** In the reverse order. */
    void stop() {
        Collections.reverse(running);
        for (HostedView view : running) {
            try {
                view.stop();
            } catch (Throwable failure) {
                LOG.error("mounted servlet: failed to stop", failure);
            }
        }
        running.clear();
    }
}
