package io.bocadillo;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** A request whose server is under the control of the test: where it is mounted, its body, its threads. */
final class StubExchange implements Exchange {

    private final String method;
    private final String rawPath;
    private final String basePath;
    private final @Nullable CompletionStage<byte[]> body;
    private final Flow.@Nullable Publisher<ByteBuffer> bodyStream;
    private final Executor threads;
    private final Headers headers = Headers.received();
    private volatile long received;
    private int bodiesRead;

    StubExchange(String method, String basePath, String path) {
        this(method, basePath, path, null, null, Runnable::run);
    }

    StubExchange(String method, String path, CompletionStage<byte[]> body) {
        this(method, "", path, body, null, Runnable::run);
    }

    StubExchange(String path, Executor threads) {
        this("GET", "", path, null, null, threads);
    }

    /** A POST whose body comes as the publisher gives it. */
    static StubExchange streaming(String path, Flow.Publisher<ByteBuffer> body) {
        return new StubExchange("POST", "", path, null, body, ForkJoinPool.commonPool());
    }

    private StubExchange(
            String method,
            String basePath,
            String path,
            @Nullable CompletionStage<byte[]> body,
            Flow.@Nullable Publisher<ByteBuffer> bodyStream,
            Executor threads) {
        this.method = method;
        this.rawPath = basePath + path;
        this.basePath = basePath;
        this.body = body;
        this.bodyStream = bodyStream;
        this.threads = threads;
    }

    StubExchange with(String header, String value) {
        headers.add(header, value);
        return this;
    }

    /** So many bytes of the body have come. */
    void receive(long bytes) {
        received += bytes;
    }

    int bodiesRead() {
        return bodiesRead;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return rawPath;
    }

    @Override
    public String basePath() {
        return basePath;
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public @Nullable String authority() {
        return headers.get("Host");
    }

    @Override
    public Headers headers() {
        return Headers.received().addAll(headers);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public boolean hasBody() {
        return body != null || bodyStream != null;
    }

    @Override
    public CompletionStage<byte[]> body(long limit) {
        bodiesRead++;
        return body == null ? CompletableFuture.completedFuture(new byte[0]) : body;
    }

    @Override
    public Flow.Publisher<ByteBuffer> bodyStream() {
        return bodyStream == null ? HttpRequest.BodyPublishers.noBody() : bodyStream;
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public <T> @Nullable T get(Class<T> type) {
        return type == StubExchange.class ? type.cast(this) : null;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }
}
