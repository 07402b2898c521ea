package io.bocadillo.middleware;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How long a session lives, in seconds of the epoch.
 *
 * @param maxAge after the last change
 * @param absoluteTimeout after it was made, whatever has changed since; null for no such end
 * @param isRolling whether it is saved anew when it is used and half of its time is over
 */
record SessionLife(Duration maxAge, @Nullable Duration absoluteTimeout, boolean isRolling, InstantSource clock) {

    /** Later than anybody's clock, and far from what a long can hold. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** Also a session that was made under another {@code absoluteTimeout} ends by this one; its last change is not known. */
    boolean isGood(SessionCookie.Ticket ticket) {
        return now() < Math.min(ticket.expires(), lastEnd(ticket.started()));
    }

    /** When a session ends that is saved now. */
    long expires(long started) {
        return Math.min(now() + Math.min(maxAge.toSeconds(), NEVER), lastEnd(started));
    }

    /** How long that is from now on, at least a second. */
    Duration rest(long started) {
        return Duration.ofSeconds(Math.max(1, expires(started) - now()));
    }

    boolean isToRenew(SessionCookie.@Nullable Ticket ticket) {
        return isRolling
                && ticket != null
                && ticket.expires() - now() < maxAge.toSeconds() / 2
                && ticket.expires() < expires(ticket.started());
    }

    private long lastEnd(long started) {
        return absoluteTimeout == null ? NEVER : started + Math.min(absoluteTimeout.toSeconds(), NEVER);
    }
}
