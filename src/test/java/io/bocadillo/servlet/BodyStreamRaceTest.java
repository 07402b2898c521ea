package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyStreamRaceTest {

    private static final int ROUNDS = 10_000;

    /** Another thread looks for pieces all the time, so it is at every place when the piece comes and the end. */
    @Test
    void aPieceThatComesWithTheEndComesBeforeIt() throws Exception {
        AtomicReference<@Nullable BodyStream> watched = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                BodyStream open = watched.get();
                if (open != null) {
                    open.deliver();
                }
            }
        });
        try {
            for (int round = 0; round < ROUNDS; round++) {
                BodyStream stream = new BodyStream(unstarted(), sink -> {}, Runnable::run);
                Count count = new Count();
                stream.subscribe(count);
                watched.set(stream);
                stream.read(new ByteArrayInputStream(new byte[1]));
                stream.end();
                assertThat(count.atEnd.get()).as("pieces in round %s", round).isEqualTo(1);
            }
        } finally {
            over.set(true);
        }
        watching.get();
    }

    private static BodyReader unstarted() throws Exception {
        HttpServletRequest request = Answers.of(HttpServletRequest.class, Map.of("getContentLengthLong", -1L));
        return new BodyReader(request, true, new Lease(), Runnable::run, (nanos, task) -> null, Duration.ZERO);
    }

    private static final class Count implements Flow.Subscriber<ByteBuffer> {

        final CompletableFuture<Integer> atEnd = new CompletableFuture<>();
        private int pieces;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            pieces++;
        }

        @Override
        public void onError(Throwable failure) {
            atEnd.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            atEnd.complete(pieces);
        }
    }
}
