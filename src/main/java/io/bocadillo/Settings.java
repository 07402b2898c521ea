package io.bocadillo;

import io.bocadillo.multipart.Limits;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Limits and choices of an app, with safe defaults; immutable: every setter returns a changed copy.
 *
 * <p>{@code new App(Settings.defaults().timeout(Duration.ofSeconds(5)))}
 */
public final class Settings {

    private static final Settings DEFAULTS = new Settings();

    /** Nobody sends any; it is there for old mail programs (RFC 2046, section 5.1.1). */
    private static final int MOST_PREAMBLE = 1024;

    private Duration timeout = Duration.ofSeconds(30);
    private Duration bodyIdleTimeout = Duration.ofSeconds(30);
    private Duration writeIdleTimeout = Duration.ofSeconds(60);
    private Duration gracePeriod = Duration.ofSeconds(30);
    private Duration eventHeartbeat = Duration.ofSeconds(15);
    private long maxBody = 1024 * 1024;
    private long maxUpload = 10 * 1024 * 1024;
    private int maxParts = 100;
    private int maxFormFields = 1000;
    private long maxPartSize = Long.MAX_VALUE;
    private int maxPartHeaders = 2 * 1024;
    private boolean redirectTrailingSlash = true;
    private boolean allowShadowedRoutes;
    private @Nullable Executor executor;
    private @Nullable Json json;

    private Settings() {}

    private Settings(Settings other) {
        timeout = other.timeout;
        bodyIdleTimeout = other.bodyIdleTimeout;
        writeIdleTimeout = other.writeIdleTimeout;
        gracePeriod = other.gracePeriod;
        eventHeartbeat = other.eventHeartbeat;
        maxBody = other.maxBody;
        maxUpload = other.maxUpload;
        maxParts = other.maxParts;
        maxFormFields = other.maxFormFields;
        maxPartSize = other.maxPartSize;
        maxPartHeaders = other.maxPartHeaders;
        redirectTrailingSlash = other.redirectTrailingSlash;
        allowShadowedRoutes = other.allowShadowedRoutes;
        executor = other.executor;
        json = other.json;
    }

    /** The settings of an app that says nothing. */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /** How long a request may wait for its answer, 30 s by default, zero for no end: then it gets a 503, or a 408 if
     * its body has not come. */
    public Duration timeout() {
        return timeout;
    }

    /** Sets {@link #timeout()}; negative is an {@link IllegalArgumentException}. */
    public Settings timeout(Duration timeout) {
        Settings changed = new Settings(this);
        changed.timeout = notNegative("timeout", timeout);
        return changed;
    }

    /** How long a request body may stand still while it is waited for, 30 s by default, zero for no end: then a 408. */
    public Duration bodyIdleTimeout() {
        return bodyIdleTimeout;
    }

    /** Sets {@link #bodyIdleTimeout()}; negative is an {@link IllegalArgumentException}. */
    public Settings bodyIdleTimeout(Duration timeout) {
        Settings changed = new Settings(this);
        changed.bodyIdleTimeout = notNegative("bodyIdleTimeout", timeout);
        return changed;
    }

    /**
     * How long a client may take nothing of an answer that is there, 60 s by default, zero for no end: then the
     * connection is closed. A container may have a shorter limit of its own.
     *
     * <p>It counts as progress that the container takes more of the answer. Between it and the client are the buffers of
     * both systems, some hundred KB, which it sees empty in jumps: a client slower than that per interval counts as idle.
     */
    public Duration writeIdleTimeout() {
        return writeIdleTimeout;
    }

    /** Sets {@link #writeIdleTimeout()}; negative is an {@link IllegalArgumentException}. */
    public Settings writeIdleTimeout(Duration timeout) {
        Settings changed = new Settings(this);
        changed.writeIdleTimeout = notNegative("writeIdleTimeout", timeout);
        return changed;
    }

    /**
     * How long an app that stops waits for requests in flight and for background tasks, 30 s by default, zero for not at
     * all. What is under way then is not interrupted.
     */
    public Duration gracePeriod() {
        return gracePeriod;
    }

    /** Sets {@link #gracePeriod()}; negative is an {@link IllegalArgumentException}. */
    public Settings gracePeriod(Duration period) {
        Settings changed = new Settings(this);
        changed.gracePeriod = notNegative("gracePeriod", period);
        return changed;
    }

    /** After how long without an event a comment is sent to find out if the client is there, 15 s by default, zero for never. */
    public Duration eventHeartbeat() {
        return eventHeartbeat;
    }

    /** Sets {@link #eventHeartbeat()}; negative is an {@link IllegalArgumentException}. */
    public Settings eventHeartbeat(Duration interval) {
        Settings changed = new Settings(this);
        changed.eventHeartbeat = notNegative("eventHeartbeat", interval);
        return changed;
    }

    /**
     * The most bytes a request body may have unless {@link Route#maxBody} says otherwise, 1 MiB by default: then a 413.
     *
     * <p>What counts for a multipart form is {@link #maxUpload}; this is then the most that its content may take in
     * memory, all its fields included. A {@link Route#streaming} route has no limit but one of its own.
     */
    public long maxBody() {
        return maxBody;
    }

    /** Sets {@link #maxBody()}; negative is an {@link IllegalArgumentException}. */
    public Settings maxBody(long bytes) {
        Settings changed = new Settings(this);
        changed.maxBody = notNegative("maxBody", bytes);
        return changed;
    }

    /**
     * The most bytes a multipart form may have, files and all, unless {@link Route#maxBody} says otherwise, 10 MiB by
     * default: then a 413. Its files need not fit into memory; its fields together may have {@link #maxBody}.
     */
    public long maxUpload() {
        return maxUpload;
    }

    /** Sets {@link #maxUpload()}; negative is an {@link IllegalArgumentException}. */
    public Settings maxUpload(long bytes) {
        Settings changed = new Settings(this);
        changed.maxUpload = notNegative("maxUpload", bytes);
        return changed;
    }

    /** The most fields an urlencoded form may have, 1000 by default: then a 413. */
    public int maxFormFields() {
        return maxFormFields;
    }

    /** Sets {@link #maxFormFields()}; negative is an {@link IllegalArgumentException}. */
    public Settings maxFormFields(int fields) {
        Settings changed = new Settings(this);
        changed.maxFormFields = (int) notNegative("maxFormFields", fields);
        return changed;
    }

    /** The most fields and files a multipart form may have, 100 by default: then a 413. */
    public int maxParts() {
        return maxParts;
    }

    /** Sets {@link #maxParts()}; negative is an {@link IllegalArgumentException}. */
    public Settings maxParts(int parts) {
        Settings changed = new Settings(this);
        changed.maxParts = (int) notNegative("maxParts", parts);
        return changed;
    }

    /**
     * The most bytes one part of a multipart form may have: then a 413. By default there is no such limit but that of the
     * whole: {@link #maxUpload}, or {@link Route#maxBody}.
     */
    public long maxPartSize() {
        return maxPartSize;
    }

    /** Sets {@link #maxPartSize()}; negative is an {@link IllegalArgumentException}. */
    public Settings maxPartSize(long bytes) {
        Settings changed = new Settings(this);
        changed.maxPartSize = notNegative("maxPartSize", bytes);
        return changed;
    }

    /** The most bytes the header fields of one part may have, of which there may be 16, 2 KiB by default: then a 431. */
    public int maxPartHeaders() {
        return maxPartHeaders;
    }

    /** Sets {@link #maxPartHeaders()}; negative is an {@link IllegalArgumentException}. */
    public Settings maxPartHeaders(int bytes) {
        Settings changed = new Settings(this);
        changed.maxPartHeaders = (int) notNegative("maxPartHeaders", bytes);
        return changed;
    }

    /** Whether {@code /foo}, when only {@code /foo/} is a route, is redirected there with a 308; true by default. */
    public boolean redirectTrailingSlash() {
        return redirectTrailingSlash;
    }

    /** Sets {@link #redirectTrailingSlash()}. */
    public Settings redirectTrailingSlash(boolean redirect) {
        Settings changed = new Settings(this);
        changed.redirectTrailingSlash = redirect;
        return changed;
    }

    /** Whether a route that an earlier one fully covers is a warning in place of a {@link StartupError}. */
    public boolean allowShadowedRoutes() {
        return allowShadowedRoutes;
    }

    /** Sets {@link #allowShadowedRoutes()}. */
    public Settings allowShadowedRoutes(boolean allow) {
        Settings changed = new Settings(this);
        changed.allowShadowedRoutes = allow;
        return changed;
    }

    /**
     * What hooks and views run on, and writers, handlers of events and tasks; null, the default, for the threads of the
     * server, and for the latter virtual threads, before JDK 21 at most 256 others. If it rejects a view, a writer or a
     * handler of events, the answer is a 503.
     */
    public @Nullable Executor executor() {
        return executor;
    }

    /** Sets {@link #executor()}, for instance an executor of virtual threads. */
    public Settings executor(Executor executor) {
        Settings changed = new Settings(this);
        changed.executor = executor;
        return changed;
    }

    /** The JSON codec, Jackson 3 by default. */
    public Json json() {
        return json == null ? JacksonJson.DEFAULT : json;
    }

    /** Sets {@link #json()}. */
    public Settings json(Json json) {
        Settings changed = new Settings(this);
        changed.json = json;
        return changed;
    }

    Limits multipartLimits() {
        return new Limits(maxParts, maxPartSize, maxPartHeaders, MOST_PREAMBLE);
    }

    private static long notNegative(String setting, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(setting + ": expected 0 or more, got '" + number + "'.");
        }
        return number;
    }

    private static Duration notNegative(String setting, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(setting + ": expected zero or more, got '" + duration + "'.");
        }
        return duration;
    }
}
