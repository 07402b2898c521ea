package io.bocadillo.servlet;

import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of the request of one exchange: taken in one way, or left to be dropped. */
final class IncomingBody {

    private final ServletExchange exchange;
    private final Container container;
    private final Settings settings;
    private volatile @Nullable BodyReader reader;
    private volatile @Nullable Boolean there;
    private volatile boolean taken;

    IncomingBody(ServletExchange exchange) {
        this.exchange = exchange;
        this.container = exchange.host().container();
        this.settings = exchange.host().settings();
    }

    /** Asked of the container once: over HTTP/2 it is the stream that knows, until it has been read. */
    boolean isThere() {
        Boolean known = there;
        if (known == null) {
            known = exchange.ask(BodyFraming::isThere);
            there = known;
        }
        return known;
    }

    CompletionStage<byte[]> bytes(long limit) {
        if (exchange.ask(HttpServletRequest::getContentLengthLong) > limit) {
            return CompletableFuture.failedFuture(HttpError.contentTooLarge(limit));
        }
        try {
            BodyReader opened = open();
            BodyBuffer buffer = new BodyBuffer(opened.announced(), limit);
            if (exchange.async().isInService() && opened.readAtHand(buffer)) {
                return buffer.body();
            }
            exchange.async().onceOn(() -> opened.start(buffer));
            return container.callbacksMayBlock()
                    ? buffer.body()
                    : buffer.body().whenCompleteAsync((bytes, failure) -> {}, exchange);
        } catch (IOException | HttpError failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    Flow.Publisher<ByteBuffer> stream() {
        try {
            BodyReader opened = open();
            return new BodyStream(
                    opened, sink -> exchange.async().onceOn(() -> opened.start(sink)), exchange.userThreads());
        } catch (IOException failure) {
            throw BodyFailure.brokenOff(failure);
        }
    }

    long received() {
        BodyReader opened = reader;
        return opened == null ? 0 : opened.received();
    }

    /** Whether the app takes it, or may still do so while it answers. */
    boolean isTaken() {
        return taken;
    }

    /** What a container would wait for if nobody reads it; null when there is none to drop, or a servlet has had it. */
    @Nullable
    BodyReader unread() {
        BodyReader opened = reader;
        if (exchange.isLent() || container.dropsUnreadBodies() || opened != null && opened.isAtEnd()) {
            return null;
        }
        // Who waits for a 100 (Continue) has not sent a body yet, and reading would ask for it after the answer.
        boolean awaitsContinue = exchange.header("Expect") != null && (opened == null || !opened.hasAsked());
        if (!isThere() || awaitsContinue) {
            return null;
        }
        try {
            return opened == null ? newReader(Duration.ZERO) : opened;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Whether a container would wait for the rest of it, although nobody here does any more. */
    boolean isLeftBehind() {
        BodyReader opened = reader;
        return !container.dropsUnreadBodies() && opened != null && opened.hasStoodStill();
    }

    /** Whether it is malformed or cut off: containers then commit the response by themselves. */
    boolean hasFailed() {
        BodyReader opened = reader;
        return opened != null && opened.hasFailed();
    }

    /** Whether it has failed and the container has closed the connection then. */
    boolean hasEndedConnection() {
        return hasFailed() && exchange.ask(container::hasClosed);
    }

    /** The exchange is over. */
    void abandon() {
        BodyReader opened = reader;
        if (opened != null) {
            opened.abandon();
        }
    }

    private BodyReader open() throws IOException {
        if (!exchange.ask(BodyFraming::isCodingKnown)) {
            throw unknownCoding();
        }
        taken = true;
        return newReader(settings.bodyIdleTimeout());
    }

    private BodyReader newReader(Duration idleLimit) throws IOException {
        BodyReader opened = exchange.newReader(idleLimit);
        reader = opened;
        return opened;
    }

    /** Where the body ends is unknown, so nothing after it can be trusted (RFC 9112, section 6.1). */
    private static HttpError unknownCoding() {
        return new HttpError(501, "Transfer-Encoding: expected chunked, got another coding.")
                .header("Connection", "close");
    }
}
