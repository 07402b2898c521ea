package io.bocadillo;

import io.bocadillo.streams.Outbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** A body made of events: runs the handler once there is a subscriber, and beats when it is silent. */
final class EventStream implements Flow.Publisher<ByteBuffer> {

    private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.US_ASCII);

    private final EventsHandler handler;
    private final Outbox<ByteBuffer> outbox;
    private final Events events;
    private final OpenExchanges open;
    private final Executor threads;
    private final Runnable close;
    private final long interval;
    private volatile CompletableFuture<Void> alarm = new CompletableFuture<>();
    private volatile boolean stopped;

    EventStream(EventsHandler handler, EventQueue queue, Request request, Settings settings) {
        this.handler = handler;
        this.open = request.open();
        this.threads = request.blockingThreads();
        this.outbox = new Outbox<>(queue.capacity(), queue.overflow(), () -> new ClientDisconnect(null));
        this.events = new Events(outbox, settings.json(), threads, request.toString());
        this.close = outbox::close;
        this.interval = TimeUnit.NANOSECONDS.convert(settings.eventHeartbeat());
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        outbox.subscribe(subscriber);
        open.whenDraining(close);
        threads.execute(this::handle);
        beatAfter(interval);
        outbox.whenEnded().whenComplete((nothing, failure) -> {
            open.hasEnded(close);
            stopBeating();
        });
    }

    private void handle() {
        try {
            handler.handle(events);
            // The head goes out with the first piece, and the client waits for it.
            events.sendIfIdle(ByteBuffer.allocate(0));
        } catch (Throwable failure) {
            events.fail(failure);
        }
    }

    private void beatAfter(long nanos) {
        if (interval == 0 || stopped) {
            return;
        }
        CompletableFuture<Void> next = new CompletableFuture<>();
        alarm = next;
        next.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS).thenRun(() -> {
            long left = interval - (System.nanoTime() - events.lastSent());
            if (left <= 0) {
                threads.execute(() -> events.sendIfIdle(ByteBuffer.wrap(HEARTBEAT)));
            }
            beatAfter(left <= 0 ? interval : left);
        });
    }

    private void stopBeating() {
        stopped = true;
        alarm.cancel(false);
    }
}
