package io.bocadillo;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stages that views, handlers and middleware return, of whatever class and in whatever state. */
final class Stages {

    private Stages() {}

    /** The stage itself, unless it is null: then an error that says what to return. */
    static CompletionStage<?> present(@Nullable CompletionStage<?> stage, String source) {
        if (stage == null) {
            throw new IllegalStateException(source
                    + ": expected a stage, got 'null'. Return what a method of Response returned, like res.text(...).");
        }
        return stage;
    }

    /** Whether the stage is known to have completed without an error; asks no code but the JDK's. */
    static boolean isComplete(CompletionStage<?> stage) {
        if (stage.getClass() != CompletableFuture.class) {
            return false;
        }
        CompletableFuture<?> future = (CompletableFuture<?>) stage;
        return future.isDone() && !future.isCompletedExceptionally();
    }

    /** A stage that completes with this one, or in case of an error with what {@code recovery} returns for it. */
    static CompletionStage<?> recover(CompletionStage<?> stage, Function<Throwable, CompletionStage<?>> recovery) {
        return recover(stage, () -> {}, recovery);
    }

    /** The same, and if there is no error, what runs before it completes. */
    static CompletionStage<?> recover(
            CompletionStage<?> stage, Runnable onSuccess, Function<Throwable, CompletionStage<?>> recovery) {
        CompletableFuture<Void> recovered = new CompletableFuture<>();
        onEnd(stage, error -> {
            if (error == null) {
                onSuccess.run();
                recovered.complete(null);
            } else {
                forward(() -> recovery.apply(cause(error)), recovered);
            }
        });
        return recovered;
    }

    /** What {@code next} returns once the stage has completed, or the failed stage. */
    static CompletionStage<?> then(CompletionStage<?> stage, Callable<CompletionStage<?>> next) throws Exception {
        if (isComplete(stage)) {
            return next.call();
        }
        CompletableFuture<Void> result = new CompletableFuture<>();
        onEnd(stage, error -> {
            if (error == null) {
                forward(next, result);
            } else {
                result.completeExceptionally(error);
            }
        });
        return result;
    }

    /** What {@code next} returns, called on a thread of {@code executor}. */
    static CompletionStage<?> on(Executor executor, Callable<CompletionStage<?>> next) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        executor.execute(() -> forward(next, result));
        return result;
    }

    /** The value of a stage that is complete, or its error, thrown. */
    static <T> T value(CompletionStage<T> complete) {
        try {
            return complete.toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw failed;
        }
    }

    /** The error itself, without what futures wrap around it. */
    static Throwable cause(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Runs the action at the end of the stage, once however often it tells; a refusal to tell is its failure. */
    private static void onEnd(CompletionStage<?> stage, Consumer<@Nullable Throwable> action) {
        AtomicBoolean told = new AtomicBoolean();
        BiConsumer<@Nullable Object, @Nullable Throwable> once = (value, error) -> {
            if (told.compareAndSet(false, true)) {
                action.accept(error);
            }
        };
        try {
            stage.whenComplete(once);
        } catch (Throwable refusal) {
            once.accept(null, refusal);
        }
    }

    private static void forward(Callable<CompletionStage<?>> source, CompletableFuture<Void> result) {
        try {
            source.call().whenComplete((value, error) -> {
                if (error == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(error);
                }
            });
        } catch (Throwable error) {
            result.completeExceptionally(error);
        }
    }
}
