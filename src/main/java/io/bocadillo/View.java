package io.bocadillo;

import java.util.concurrent.CompletionStage;

/**
 * Answers one request: the one shape of all views, plain and asynchronous.
 *
 * <p>The methods of {@link Response} that give the answer return an already completed stage, so a plain view is one
 * expression, {@code (req, res) -> res.text("hi")}, and an asynchronous one is ordinary composition,
 * {@code (req, res) -> posts.find(slug).thenCompose(res::json)}.
 */
@FunctionalInterface
public interface View {

    /**
     * Records the answer in {@code res} and returns a stage that completes when it is there.
     *
     * <p>Runs on a thread that may block: a worker of the container, a virtual thread on embedded Jetty with JDK 21 or
     * newer, or the executor of {@link Settings#executor}.
     *
     * @return the stage the response waits for, never null; its value is not used
     * @throws Exception any failure; it goes to the error handler of its class, see {@link App#onError}
     */
    CompletionStage<?> handle(Request req, Response res) throws Exception;
}
