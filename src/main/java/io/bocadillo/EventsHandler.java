package io.bocadillo;

/** Sends events to one client, or arranges for that; see {@link Response#events(EventsHandler)}. */
@FunctionalInterface
public interface EventsHandler {

    /**
     * Called when the answer goes out, on a thread that may block. The stream stays open when this returns, until it is
     * closed or the client has gone.
     *
     * @throws Exception any failure: it is answered like that of a view if no event has been sent, else it breaks the
     *     connection off; after the end of the stream it is logged
     */
    void handle(Events events) throws Exception;
}
