package io.bocadillo;

import java.util.concurrent.CompletionStage;

/**
 * Answers a request that failed.
 *
 * @param <E> the class of errors it was registered for, see {@link App#onError}
 */
@FunctionalInterface
public interface ErrorHandler<E extends Throwable> {

    /**
     * Records the answer in {@code res}, whose status is 500 until the handler sets another one.
     *
     * <p>The response carries what middleware had set before calling on, and nothing of the failed view.
     *
     * @return the stage the response waits for, never null
     * @throws Exception another error, handed to the handler of its class
     */
    CompletionStage<?> handle(Request req, Response res, E error) throws Exception;
}
