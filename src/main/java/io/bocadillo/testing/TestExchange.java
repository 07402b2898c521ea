package io.bocadillo.testing;

import io.bocadillo.Exchange;
import io.bocadillo.Headers;
import io.bocadillo.HttpError;
import io.bocadillo.streams.MappedPublisher;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One request in memory. */
final class TestExchange implements Exchange {

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final Headers headers;
    private final byte[] body;

    TestExchange(String method, String target, Headers headers, byte[] body) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
        this.headers = headers;
        this.body = body;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public String basePath() {
        return "";
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public @Nullable String authority() {
        List<String> hosts = headers.all("Host");
        return hosts.size() == 1 ? hosts.get(0) : null;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public boolean hasBody() {
        return body.length > 0;
    }

    @Override
    public CompletionStage<byte[]> body(long limit) {
        return body.length > limit
                ? CompletableFuture.failedFuture(HttpError.contentTooLarge(limit))
                : CompletableFuture.completedFuture(body);
    }

    @Override
    public long received() {
        return body.length;
    }

    @Override
    public Flow.Publisher<ByteBuffer> bodyStream() {
        return new MappedPublisher<>(HttpRequest.BodyPublishers.ofByteArray(body), piece -> piece);
    }

    @Override
    public <T> @Nullable T get(Class<T> type) {
        return null;
    }

    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, "test-exchange");
        thread.setDaemon(true);
        thread.start();
    }
}
