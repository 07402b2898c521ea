package io.bocadillo;

/**
 * Runs just before or just after the view of one route, with the body at hand; to refuse a request it throws.
 *
 * @see Route#before
 * @see Route#after
 */
@FunctionalInterface
public interface Hook {

    /**
     * Checks the request, or touches up the response.
     *
     * @throws Exception any failure; it goes to the error handler of its class, see {@link App#onError}
     */
    void run(Request req, Response res) throws Exception;
}
