package io.bocadillo;

import org.jspecify.annotations.Nullable;

/**
 * For servers: a view of theirs, such as a servlet, that takes every request below a prefix and answers it in its own way; see
 * {@link Router#mount(String, Object)}.
 *
 * <p>From where it is called on, it has the time that its server gives it, and not {@link Settings#timeout}.
 */
public interface HostedView extends View {

    /** Makes such views; found by {@link java.util.ServiceLoader}. */
    interface Adapter {

        /** A view that answers as that object does; null if it is none that the server knows. */
        @Nullable
        HostedView adapt(Object mounted);
    }

    /**
     * Makes it ready, after the startup events of its app.
     *
     * @param server what it is to know of the server, for a servlet the {@code ServletConfig} of the one around it
     */
    void start(Object server) throws Exception;

    /** Takes back one {@link #start}, before the shutdown events of its app. */
    void stop();
}
