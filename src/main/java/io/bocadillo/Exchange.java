package io.bocadillo;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Everything the core asks of a server: one request as it came, and the threads to answer it on.
 *
 * <p>A server hands an exchange to {@link App#handle}, sends the {@link Response} it gets, and ends the exchange with
 * {@link Response#sent}. After that every method throws {@link IllegalStateException}. Applications never see an exchange.
 */
public interface Exchange extends Executor {

    /** The request method, as sent. */
    String method();

    /** The raw path of the request target, from its first slash, without the query; never normalised or decoded. */
    String rawPath();

    /** The leading part of {@link #rawPath} at which the app is served, without a last slash; empty at the root. */
    String basePath();

    /** The raw query without its question mark, or null. */
    @Nullable
    String query();

    /** {@code http} or {@code https}. */
    String scheme();

    /** The address of the peer, an IP address as text. */
    String remoteAddress();

    /**
     * The host and port that the request is for, as sent: those of the target if it has them, else of the one {@code
     * Host} field (RFC 9110, section 7.2); null if there is none, or several.
     */
    @Nullable
    String authority();

    /** The header fields, a copy of the server's. */
    Headers headers();

    /** The value of the first field of that name, or null. */
    @Nullable
    String header(String name);

    /** Whether a body follows; asking costs nothing and reads nothing. */
    boolean hasBody();

    /**
     * Reads the whole body without holding a thread; called once at most.
     *
     * @param limit the most bytes to keep
     * @return fails with {@link HttpError} 413 beyond the limit, 400 for a body that breaks off or is malformed;
     *     completes on a thread that may block
     */
    CompletionStage<byte[]> body(long limit);

    /**
     * The body as it comes, read no faster than it is asked for; in the place of {@link #body}, called once at most.
     *
     * @return for one subscriber; fails with {@link HttpError} 400 for a body that breaks off or is malformed, 408 for
     *     one that stands still. Signals come on threads that may block
     */
    Flow.Publisher<ByteBuffer> bodyStream();

    /** How many bytes of the body {@link #body} has read by now; for any thread, also after the end. */
    long received();

    /** The server's own object of that type, such as its request; null when it has none. */
    <T> @Nullable T get(Class<T> type);

    /** Runs a task on a thread of the server that may block; one from inside {@link Response#sent} when all is sent. */
    @Override
    void execute(Runnable task);
}
