package io.bocadillo;

import java.util.concurrent.CompletionStage;

/** A view that never throws: errors inside it are answered by their handlers, or fail its stage if there is none. */
record ErrorBoundary(View inside, Errors errors, String source) implements Next {

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        Headers.Mark mark = res.draft().mark();
        CompletionStage<?> stage;
        try {
            stage = Stages.present(inside.handle(req, res), source);
        } catch (Throwable error) {
            return failed(req, res, mark, error);
        }
        if (Stages.isComplete(stage)) {
            res.head().returnTo(mark);
            return Response.ANSWERED;
        }
        return Stages.recover(stage, () -> res.head().returnTo(mark), error -> failed(req, res, mark, error));
    }

    private CompletionStage<?> failed(Request req, Response res, Headers.Mark mark, Throwable error) {
        res.head().returnTo(mark);
        return errors.handle(req, res, error);
    }
}
