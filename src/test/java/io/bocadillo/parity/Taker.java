package io.bocadillo.parity;

import io.bocadillo.HttpError;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.zip.CRC32;

/** Takes a body as it is told to, and tells how that ended. */
class Taker implements Flow.Subscriber<ByteBuffer> {

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CRC32 checksum = new CRC32();
    private volatile long count;

    /** What the outcome is of a body that was whole. */
    static String whole(byte[] body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return body.length + " " + Long.toHexString(checksum.getValue());
    }

    Flow.Subscription subscription() {
        return subscription.join();
    }

    CompletableFuture<String> outcome() {
        return outcome;
    }

    long count() {
        return count;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        count += piece.remaining();
        checksum.update(piece);
        first.countDown();
    }

    @Override
    public void onError(Throwable failure) {
        outcome.complete(failure instanceof HttpError error ? "error " + error.status() : failure.toString());
    }

    @Override
    public void onComplete() {
        outcome.complete(count + " " + Long.toHexString(checksum.getValue()));
    }

    void awaitFirst() throws InterruptedException {
        first.await();
    }
}
