package io.bocadillo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What of a request lasts until its exchange ends, and is the same for every app that has it: the server's side of it,
 * what has been read of it and left for others, and who wants to know of the end.
 */
final class Lifetime {

    private static final AtomicReferenceFieldUpdater<Lifetime, Exchange> EXCHANGE =
            AtomicReferenceFieldUpdater.newUpdater(Lifetime.class, Exchange.class, "exchange");

    /** Null after the end, which whoever takes it brings about. */
    private volatile @Nullable Exchange exchange;

    /** Null until somebody asks; read by the timeout too, from another thread. */
    private volatile @Nullable RequestBody body;

    private @Nullable Map<String, List<String>> queries;
    private @Nullable Headers headers;

    /** For {@link EndListener} alone. */
    volatile @Nullable EndListener endListener;

    Lifetime(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Throws {@link IllegalStateException} after the end. */
    Exchange exchange(Request request) {
        Exchange open = exchange;
        if (open == null) {
            throw new IllegalStateException("request " + request
                    + ": expected use before the end of the exchange, got it after. Read what you need before.");
        }
        return open;
    }

    /** Whoever takes the body later than the end finds no exchange any more. */
    RequestBody body(Request request) {
        RequestBody begun = body;
        if (begun == null) {
            begun = new RequestBody(
                    request, request.route(), request.dispatcher().settings());
            body = begun;
        }
        return begun;
    }

    Map<String, List<String>> queries(Request request) {
        Map<String, List<String>> parsed = queries;
        if (parsed == null) {
            String query = exchange(request).query();
            parsed = query == null ? Map.of() : UrlEncoded.parse(query);
            queries = parsed;
        }
        return parsed;
    }

    Headers headers(Request request) {
        Headers copy = headers;
        if (copy == null) {
            copy = exchange(request).headers().freeze();
            headers = copy;
        }
        return copy;
    }

    @Nullable
    String firstHeader(Request request, String name) {
        Headers copy = headers;
        return copy == null ? exchange(request).header(name) : copy.get(name);
    }

    boolean isReadingBody() {
        RequestBody begun = body;
        return begun != null && begun.isReading();
    }

    /** From when on the timeout counts: {@code start}, or later if a body has come since. */
    long lastPiece(long start) {
        RequestBody begun = body;
        return begun == null ? start : begun.lastPiece(start);
    }

    /**
     * Ends the exchange, once what its response still owes is done, which the future tells; nothing the second time,
     * whichever response goes out.
     */
    CompletionStage<Void> end(
            Request request, Response res, @Nullable Afterwards afterwards, @Nullable Throwable failure, long bytes) {
        Exchange ending = EXCHANGE.getAndSet(this, null);
        if (ending == null) {
            return Response.ANSWERED;
        }
        EndListener.tellAll(request, res, failure, bytes);
        boolean disconnected = failure instanceof ClientDisconnect;
        RequestBody begun = body;
        boolean nothingLeft = afterwards == null || afterwards.isEmpty(disconnected);
        if (nothingLeft && (begun == null || !begun.hasFiles())) {
            close(request);
            return Response.ANSWERED;
        }
        Afterwards owed = afterwards == null ? new Afterwards() : afterwards;
        return owed.runOn(ending, request, disconnected).thenRun(() -> close(request));
    }

    private void close(Request request) {
        RequestBody begun = body;
        if (begun != null) {
            begun.close();
        }
        request.dispatcher().open().closed();
    }
}
