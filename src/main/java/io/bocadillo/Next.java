package io.bocadillo;

import java.util.concurrent.CompletionStage;

/** The rest of the pipeline as a {@link Middleware} sees it: a view that never throws. */
public interface Next extends View {

    /** Calls on; the stage fails with an error only if nobody handles it, else the answer to the error is recorded. */
    @Override
    CompletionStage<?> handle(Request req, Response res);
}
