package io.bocadillo;

import io.bocadillo.streams.Outbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    private final Executor beating;
    private final ScheduledExecutorService timer;
    private volatile @Nullable Future<?> alarm;
    private volatile boolean stopped;

    EventStream(EventsHandler handler, EventQueue queue, Request request, Settings settings) {
        this.handler = handler;
        this.open = request.dispatcher().open();
        this.threads = request.dispatcher().threads().blocking();
        this.beating = request.executor();
        this.timer = request.dispatcher().threads().timer();
        this.outbox = new Outbox<>(queue.capacity(), queue.overflow(), () -> new ClientDisconnect(null));
        this.events = new Events(outbox, settings.json(), threads, request.toString());
        this.close = outbox::close;
        this.interval = TimeUnit.NANOSECONDS.convert(settings.eventHeartbeat());
    }

    /** Throws nothing (Reactive Streams, rule 1.9): where there is no thread for the handler, the stream fails. */
    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        outbox.subscribe(subscriber);
        open.whenDraining(close);
        outbox.whenEnded().whenComplete((nothing, failure) -> {
            open.hasEnded(close);
            stopBeating();
        });
        try {
            threads.execute(this::handle);
        } catch (RuntimeException full) {
            events.fail(full);
            return;
        }
        beatAfter(interval);
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
        try {
            alarm = timer.schedule(this::onAlarm, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException over) {
            // The app has stopped, and ended its streams before.
        }
        if (stopped) {
            stopBeating();
        }
    }

    private void onAlarm() {
        long left = interval - (System.nanoTime() - events.lastSent());
        beatAfter(left <= 0 ? interval : left);
        if (left <= 0) {
            beat();
        }
    }

    private void beat() {
        try {
            beating.execute(() -> events.sendIfIdle(ByteBuffer.wrap(HEARTBEAT)));
        } catch (RuntimeException full) {
            // There is no thread for this one; the next one is on its way already.
        }
    }

    private void stopBeating() {
        stopped = true;
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }
}
