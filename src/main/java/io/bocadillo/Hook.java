package io.bocadillo;

/**
 * Runs just before or just after the view of one route, or of all of an app or a recipe, with the body at hand; to refuse a
 * request it throws.
 *
 * @see Router#before
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
