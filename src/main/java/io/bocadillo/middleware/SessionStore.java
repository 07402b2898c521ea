package io.bocadillo.middleware;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps sessions on the server, for {@link Sessions#store}: in memory, a database, or another process.
 *
 * <p>Used by many threads at once. Methods do not block: their stages may complete later, on any thread. One that fails
 * is a 500, in which nothing of the session is saved.
 */
public interface SessionStore {

    /**
     * Finds what was kept under that key and is not too old.
     *
     * @param key ASCII letters, digits, {@code -} and {@code _}, 43 of them
     */
    CompletionStage<Optional<byte[]>> load(String key);

    /** Keeps a new session for that long; nobody else knows its key. */
    CompletionStage<?> create(String key, byte[] json, Duration lifetime);

    /**
     * Keeps that in the place of what is there, for that long from now on; in one step, whatever others do at the same time.
     *
     * <p>If there is nothing it does nothing: a request that began before somebody logged out must not log in again.
     *
     * @return whether there was something
     */
    CompletionStage<Boolean> replace(String key, byte[] json, Duration lifetime);

    /**
     * Forgets a session; in one step too: of several who delete the same one, one alone is told that it was there.
     *
     * @return whether there was one
     */
    CompletionStage<Boolean> delete(String key);
}
