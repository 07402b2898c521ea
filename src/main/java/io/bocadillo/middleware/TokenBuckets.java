package io.bocadillo.middleware;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket of tokens for each key, of which one number is kept: when it will be full again (the generic cell rate
 * algorithm, ITU-T I.371). A bucket that is full need not be there.
 *
 * <p>Memory is bounded, and no bucket is forgotten that is not full. As soon as there are half of the keys that may be kept,
 * each new one looks at a few of the others, in turn, and takes those away that are full. If there is no room even so, new
 * keys share one bucket; a key that gets its own later begins with what was left in that one, for it may have taken the
 * rest.
 */
final class TokenBuckets {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimit.class);

    /** In the place of the time, of a bucket that is not there any more; times are never negative. */
    private static final long FORGOTTEN = -1;

    /** More than one, so that full ones go faster than others come. */
    private static final int LOOKED_AT = 8;

    private final long start;
    private final long nanosPerToken;
    private final long nanosToFill;
    private final int maxKeys;

    /** Read by all; keys come and go under the lock alone. */
    private final ConcurrentHashMap<String, AtomicLong> buckets = new ConcurrentHashMap<>();

    /** Of all keys without one of their own; under the lock, as the next. */
    private final AtomicLong shared = new AtomicLong();

    private Iterator<AtomicLong> hand = Collections.emptyIterator();

    /** Whether a key has found no room since half of it was free; under the lock. */
    private boolean hasBeenFull;

    TokenBuckets(long nanosPerToken, int burst, int maxKeys, long now) {
        this.start = now;
        this.nanosPerToken = nanosPerToken;
        this.nanosToFill = nanosPerToken * burst;
        this.maxKeys = maxKeys;
    }

    /** Takes a token at that time; 0 if there is one, else how many nanoseconds later there will be. */
    long take(String key, long now) {
        AtomicLong bucket = buckets.get(key);
        long wait = bucket == null ? FORGOTTEN : take(bucket, now - start);
        if (wait != FORGOTTEN) {
            return wait;
        }
        boolean isFilled;
        synchronized (this) {
            boolean before = hasBeenFull;
            wait = takeAsNew(key, now - start);
            isFilled = hasBeenFull && !before;
        }
        // Not under the lock: the others would wait for the log.
        if (isFilled) {
            LOG.warn(
                    "RateLimit: expected {} keys or fewer at a time, got more. New ones share one bucket until there is"
                            + " room. Give more with maxKeys(...) or rate-limit.max-clients, and do not count by what clients"
                            + " choose.",
                    maxKeys);
        }
        return wait;
    }

    /** How many buckets are kept. */
    int size() {
        return buckets.size();
    }

    private long take(AtomicLong bucket, long now) {
        while (true) {
            long full = bucket.get();
            if (full == FORGOTTEN) {
                return FORGOTTEN;
            }
            long fullAfter = Math.max(full, now) + nanosPerToken;
            long wait = fullAfter - now - nanosToFill;
            if (wait > 0) {
                return wait;
            }
            if (bucket.compareAndSet(full, fullAfter)) {
                return 0;
            }
        }
    }

    /** Under the lock. Another thread may have been faster: what it has made stays as long as this one has the lock. */
    private long takeAsNew(String key, long now) {
        AtomicLong bucket = buckets.get(key);
        if (bucket == null) {
            if (buckets.size() >= maxKeys / 2) {
                forgetFull(now);
            } else {
                hasBeenFull = false;
            }
            if (buckets.size() >= maxKeys) {
                hasBeenFull = true;
                return take(shared, now);
            }
            bucket = new AtomicLong(shared.get());
            buckets.put(key, bucket);
        }
        return take(bucket, now);
    }

    /** Whoever has such a bucket in hand sees that it is gone, or has taken from it before: then it is not full. */
    private void forgetFull(long now) {
        // A thread that is late, with an earlier time, must not find more in a new one than there was.
        shared.set(Math.max(shared.get(), now));
        for (int i = 0; i < LOOKED_AT; i++) {
            if (!hand.hasNext()) {
                hand = buckets.values().iterator();
                if (!hand.hasNext()) {
                    return;
                }
            }
            AtomicLong bucket = hand.next();
            long full = bucket.get();
            if (full <= now && bucket.compareAndSet(full, FORGOTTEN)) {
                hand.remove();
            }
        }
    }
}
