package io.bocadillo;

import java.util.concurrent.CompletionStage;

/** A view that never throws: errors inside it are answered by their handlers, or fail its stage if there is none. */
record ErrorBoundary(View inside, Errors errors, String source) implements Next {

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        res.mark();
        CompletionStage<?> stage;
        try {
            stage = Stages.present(inside.handle(req, res), source);
        } catch (Throwable error) {
            return errors.handle(req, res, error);
        }
        return Stages.isComplete(stage)
                ? Response.ANSWERED
                : Stages.recover(stage, error -> errors.handle(req, res, error));
    }
}
