package io.bocadillo;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Sends the events of a publisher, and asks for the next one when there is room for it. */
final class EventSubscriber implements Flow.Subscriber<ServerEvent> {

    private final Events events;
    private volatile Flow.@Nullable Subscription subscription;

    EventSubscriber(Events events) {
        this.events = events;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (this.subscription != null) {
            subscription.cancel();
            return;
        }
        this.subscription = subscription;
        events.onClose(subscription::cancel);
        subscription.request(1);
    }

    @Override
    public void onNext(ServerEvent event) {
        Flow.Subscription open = subscription;
        try {
            events.send(event).thenRun(() -> {
                if (open != null) {
                    open.request(1);
                }
            });
        } catch (RuntimeException unwritable) {
            if (open != null) {
                open.cancel();
            }
            events.fail(unwritable);
        }
    }

    @Override
    public void onError(Throwable failure) {
        events.fail(failure);
    }

    @Override
    public void onComplete() {
        events.close();
    }
}
