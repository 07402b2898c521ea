package io.bocadillo.middleware;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A bucket of tokens for each key, of which one number is kept: when it will be full again (the generic cell rate
 * algorithm, ITU-T I.371). A bucket that is full need not be there.
 *
 * <p>Two generations hold them: who asks comes into the newer one, and after the time in which an empty bucket fills, the
 * older one is forgotten, with nothing in it but full ones. It is so too, then with others in it, when the newer one has
 * half of the keys that may be kept: so memory is bounded, nothing is ever searched, and who goes on asking is
 * remembered.
 */
final class TokenBuckets {

    private record Generations(
            ConcurrentHashMap<String, AtomicLong> newer, ConcurrentHashMap<String, AtomicLong> older, long since) {

        Generations next(long now) {
            return new Generations(new ConcurrentHashMap<>(), newer, now);
        }
    }

    private static final AtomicReferenceFieldUpdater<TokenBuckets, Generations> GENERATIONS =
            AtomicReferenceFieldUpdater.newUpdater(TokenBuckets.class, Generations.class, "generations");

    private final long nanosPerToken;
    private final long nanosToFill;
    private final int mostOfGeneration;
    private volatile Generations generations;

    TokenBuckets(long nanosPerToken, int burst, int maxKeys, long now) {
        this.nanosPerToken = nanosPerToken;
        this.nanosToFill = nanosPerToken * burst;
        this.mostOfGeneration = Math.max(1, maxKeys / 2);
        this.generations = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), now);
    }

    /** Takes a token at that time; 0 if there is one, else how many nanoseconds later there will be. */
    long take(String key, long now) {
        AtomicLong bucket = bucket(key, now);
        while (true) {
            long full = bucket.get();
            long fullAfter = (full - now > 0 ? full : now) + nanosPerToken;
            long wait = fullAfter - now - nanosToFill;
            if (wait > 0) {
                return wait;
            }
            if (bucket.compareAndSet(full, fullAfter)) {
                return 0;
            }
        }
    }

    /** How many buckets are kept. */
    int size() {
        Generations kept = generations;
        return kept.newer().size() + kept.older().size();
    }

    private AtomicLong bucket(String key, long now) {
        Generations kept = generations;
        AtomicLong bucket = kept.newer().get(key);
        boolean isOver = now - kept.since() >= nanosToFill;
        if (bucket != null && !isOver) {
            return bucket;
        }
        bucket = bucket == null ? kept.older().get(key) : bucket;
        if (isOver || kept.newer().size() >= mostOfGeneration) {
            GENERATIONS.compareAndSet(this, kept, kept.next(now));
            kept = generations;
        }
        AtomicLong mine = bucket == null ? new AtomicLong(now) : bucket;
        AtomicLong raced = kept.newer().putIfAbsent(key, mine);
        return raced == null ? mine : raced;
    }
}
