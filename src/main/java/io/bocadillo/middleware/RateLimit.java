package io.bocadillo.middleware;

import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers 429 with {@code Retry-After} (RFC 6585, section 4) to who asks too often: each key has a bucket of tokens, which
 * fills evenly, and each request takes one.
 *
 * <p>The key is the address of the client, for IPv6 its first 64 bits, which is what one subscriber has. Buckets are kept in
 * this process, for at most 100,000 keys. Each object counts by itself, wherever it is used.
 */
public final class RateLimit implements Middleware {

    private static final int MOST_KEYS = 100_000;
    private static final int LONGEST_KEY = 128;
    private static final int SUBSCRIBER_BITS = 64;
    private static final long LONGEST = TimeUnit.DAYS.toNanos(366);

    private final long nanosPerToken;
    private final int burst;
    private final int maxKeys;
    private final Function<Request, @Nullable String> key;
    private final LongSupplier clock;
    private final TokenBuckets buckets;

    /**
     * Allows so many requests in that time: all of them at once, if there were none for as long.
     *
     * @throws StartupError unless both are positive
     */
    public RateLimit(int requests, Duration time) {
        this(nanosPerToken(requests, time), requests, MOST_KEYS, RateLimit::subscriber, System::nanoTime);
    }

    private RateLimit(
            long nanosPerToken, int burst, int maxKeys, Function<Request, @Nullable String> key, LongSupplier clock) {
        if (nanosPerToken > LONGEST / burst) {
            throw new StartupError(
                    "RateLimit: expected an empty bucket to be full again within a year, got a burst of '" + burst
                            + "'. Give a smaller one, or a shorter time.");
        }
        this.nanosPerToken = nanosPerToken;
        this.burst = burst;
        this.maxKeys = maxKeys;
        this.key = key;
        this.clock = clock;
        this.buckets = new TokenBuckets(nanosPerToken, burst, maxKeys, clock.getAsLong());
    }

    /** How many requests may come at once, as many as in the whole time unless set; {@link StartupError} if not positive. */
    public RateLimit burst(int requests) {
        return new RateLimit(nanosPerToken, positive("burst", requests), maxKeys, key, clock);
    }

    /**
     * Counts by what a function says of the request, such as a login, in the place of the address; what it says null of
     * is not limited. Of a key longer than 128 characters no more than its hash (SHA-256) is kept.
     */
    public RateLimit by(Function<Request, @Nullable String> key) {
        return new RateLimit(nanosPerToken, burst, maxKeys, key, clock);
    }

    /**
     * How many keys are remembered, 100,000 unless set; beyond, those are forgotten that have all their tokens again. While
     * there are none of these, new keys share one bucket, and a warning in the log says so. {@link StartupError} if not positive.
     */
    public RateLimit maxKeys(int keys) {
        return new RateLimit(nanosPerToken, burst, positive("maxKeys", keys), key, clock);
    }

    RateLimit clock(LongSupplier nanos) {
        return new RateLimit(nanosPerToken, burst, maxKeys, key, nanos);
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        String counted = key.apply(req);
        long wait = counted == null ? 0 : buckets.take(bounded(counted), clock.getAsLong());
        if (wait > 0) {
            long seconds = (wait - 1) / TimeUnit.SECONDS.toNanos(1) + 1;
            throw HttpError.untraced(429, null).header("Retry-After", Long.toString(seconds));
        }
        return next.handle(req, res);
    }

    /** Whoever has one IPv6 address has all that begin with the same 64 bits (RFC 6177, section 2). */
    private static String subscriber(Request req) {
        String address = req.remoteAddress();
        IpAddress parsed = address.indexOf(':') < 0 ? null : IpAddress.parse(address);
        return parsed == null || parsed.isV4()
                ? address
                : Long.toHexString(AddressRange.masked(parsed, SUBSCRIBER_BITS).high());
    }

    /** Memory must not be of a size that clients choose. */
    static String bounded(String key) {
        return key.length() <= LONGEST_KEY ? key : Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }

    private static long nanosPerToken(int requests, Duration time) {
        long nanos = TimeUnit.NANOSECONDS.convert(time) / positive("requests", requests);
        if (nanos <= 0) {
            throw new StartupError("RateLimit: expected a time of a nanosecond or more for each request, got '" + time
                    + "' for " + requests + ". Give a longer one.");
        }
        return nanos;
    }

    private static int positive(String what, int given) {
        if (given <= 0) {
            throw new StartupError(
                    "RateLimit: expected " + what + " to be 1 or more, got '" + given + "'. Give a positive number.");
        }
        return given;
    }
}
