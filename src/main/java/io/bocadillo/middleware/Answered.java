package io.bocadillo.middleware;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whether the answer is there already when {@code next} returns, so that what follows needs no stage of its own. */
final class Answered {

    private Answered() {}

    static boolean isThere(CompletionStage<?> stage) {
        return stage instanceof CompletableFuture<?> future && future.isDone() && !future.isCompletedExceptionally();
    }
}
