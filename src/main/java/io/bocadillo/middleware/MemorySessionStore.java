package io.bocadillo.middleware;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the memory of this process, which forgets them when it ends: for one server, and for tests.
 *
 * <p>If there are too many, those go first that were not used for the longest time.
 */
public final class MemorySessionStore implements SessionStore {

    private static final long STANDARD_BYTES = 64 * 1024 * 1024;

    /** What an entry takes beside its content, roughly. */
    private static final int OVERHEAD = 256;

    private record Entry(byte[] json, Instant expires) {

        long bytes() {
            return OVERHEAD + json.length;
        }
    }

    private final long maxBytes;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Creates a store that takes at most 64 MiB. */
    public MemorySessionStore() {
        this(STANDARD_BYTES);
    }

    /** Creates a store that takes at most that many bytes, roughly; negative is an {@link IllegalArgumentException}. */
    public MemorySessionStore(long maxBytes) {
        this(maxBytes, InstantSource.system());
    }

    MemorySessionStore(long maxBytes, InstantSource clock) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("MemorySessionStore: expected 0 bytes or more, got '" + maxBytes
                    + "'. Give the memory that all sessions may take.");
        }
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Optional<byte[]>> load(String key) {
        return CompletableFuture.completedStage(Optional.ofNullable(live(key)).map(Entry::json));
    }

    @Override
    public synchronized CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
        put(key, new Entry(json, clock.instant().plus(lifetime)));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized CompletionStage<Boolean> replace(String key, byte[] json, Duration lifetime) {
        boolean isThere = live(key) != null;
        if (isThere) {
            put(key, new Entry(json, clock.instant().plus(lifetime)));
        }
        return CompletableFuture.completedStage(isThere);
    }

    @Override
    public synchronized CompletionStage<Boolean> delete(String key) {
        boolean isThere = live(key) != null;
        remove(key);
        return CompletableFuture.completedStage(isThere);
    }

    /** How many sessions there are, old ones included. */
    public synchronized int size() {
        return entries.size();
    }

    private @Nullable Entry live(String key) {
        Entry entry = entries.get(key);
        if (entry != null && !clock.instant().isBefore(entry.expires())) {
            remove(key);
            return null;
        }
        return entry;
    }

    private void put(String key, Entry entry) {
        remove(key);
        entries.put(key, entry);
        bytes += entry.bytes();
        Iterator<Entry> longestUnused = entries.values().iterator();
        while (longestUnused.hasNext()) {
            Entry eldest = longestUnused.next();
            if (bytes <= maxBytes && clock.instant().isBefore(eldest.expires())) {
                return;
            }
            bytes -= eldest.bytes();
            longestUnused.remove();
        }
    }

    private void remove(String key) {
        Entry removed = entries.remove(key);
        bytes -= removed == null ? 0 : removed.bytes();
    }
}
