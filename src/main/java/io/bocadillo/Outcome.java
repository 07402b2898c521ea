package io.bocadillo;

import org.jspecify.annotations.Nullable;

/**
 * How an exchange ended.
 *
 * @param status the status of the answer
 * @param bytes how much of the body the server has taken, before anything it does to it; -1 if that is not known, because a
 *     mounted servlet has written it
 * @param failure why the answer broke off, a {@link ClientDisconnect} if that was the client's doing; null if it was sent
 */
public record Outcome(int status, long bytes, @Nullable Throwable failure) {}
