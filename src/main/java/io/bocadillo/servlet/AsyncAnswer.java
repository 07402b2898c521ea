package io.bocadillo.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end of an answer that a mounted servlet gives in the asynchronous mode.
 *
 * <p>The container tells it. Jetty and Undertow call no listener after {@code complete()} if the client has gone, Tomcat
 * none after {@code service()} has thrown; so what is not told a while after that is over too.
 */
final class AsyncAnswer implements AsyncListener {

    /** What a container has to send what it holds and say so. */
    private static final int COMPLETING_SECONDS = 5;

    private final ServletCall call;
    private final Host host;
    private final Executor threads;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Future<?> alarm;

    AsyncAnswer(ServletCall call, Host host, Executor threads) {
        this.call = call;
        this.host = host;
        this.threads = threads;
    }

    void started(AsyncContext context, long timeout) {
        if (timeout != 0) {
            context.setTimeout(timeout);
        }
        context.addListener(this);
    }

    /** The servlet has called {@code complete()}, or its {@code service()} throws. */
    void completing() {
        alarm = host.after(TimeUnit.SECONDS.toNanos(COMPLETING_SECONDS), () -> threads.execute(this::giveUp));
        if (over.get()) {
            cancelAlarm();
        }
    }

    private void giveUp() {
        if (call.isRunning()) {
            completing();
        } else if (call.isAsync() && over.compareAndSet(false, true)) {
            call.failed(null);
            call.finish();
        }
    }

    private void cancelAlarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    /** By a servlet of the container that it was dispatched to: its listeners are new (Servlet 6.0, section 2.3.3.3). */
    @Override
    public void onStartAsync(AsyncEvent event) {
        if (call.isAsync()) {
            event.getAsyncContext().addListener(this);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    /** Not every container calls {@link #onComplete} after it. */
    @Override
    public void onError(AsyncEvent event) {
        call.failed(event.getThrowable());
        onComplete(event);
    }

    /** When this returns, the container uses its objects again, unless it makes new ones. */
    @Override
    public void onComplete(AsyncEvent event) {
        if (call.isAsync() && over.compareAndSet(false, true)) {
            cancelAlarm();
            call.showAnswer();
            Executor own = host.container().outlivesListeners() ? threads : Runnable::run;
            own.execute(call::finish);
        }
    }
}
