package io.bocadillo;

import io.bocadillo.multipart.Limits;
import io.bocadillo.settings.Layer;
import io.bocadillo.settings.Layers;
import io.bocadillo.settings.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Limits and choices of an app, with safe defaults; immutable: every setter returns a changed copy.
 *
 * <p>{@code new App(Settings.defaults().timeout(Duration.ofSeconds(5)))} has those of the code alone, {@code new
 * App(Settings.load(args))} those that are found around the app, and with them the plugins that they switch on.
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
    private boolean staticFiles = true;
    private @Nullable Executor executor;
    private @Nullable Json json;
    private @Nullable TemplateEngine templates;
    private Sources sources = Sources.NONE;

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
        staticFiles = other.staticFiles;
        executor = other.executor;
        json = other.json;
        templates = other.templates;
        sources = other.sources;
    }

    /** The settings of an app that says nothing. */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /**
     * The settings found around the app; of several sources that have one, the first counts: arguments ({@code
     * --max-body=2MiB}, {@code --gzip} for true), system properties, environment ({@code BOCADILLO_MAX_BODY}), {@code
     * .env}, {@code application-{env}.properties} and {@code application.properties}, each in the working directory and on the class
     * path. What a setter says afterwards comes before all of them.
     *
     * @throws StartupError for a source that is malformed or can't be read, and for a value that can't be
     */
    public static Settings load(String... arguments) {
        return load(List.of(), arguments);
    }

    /** For servers: the same with sources of their own, which count last. */
    public static Settings load(List<Layer> last, String... arguments) {
        return of(Sources.read(Surroundings.ofProcess(), last, arguments));
    }

    /** As if these were all that there is around the app, for tests: {@code Settings.of(Map.of("gzip", "true"))}. */
    public static Settings of(Map<String, String> values) {
        return of(Sources.of(new Layers(List.of(new Layer("Settings.of", values)))));
    }

    static Settings of(Sources sources) {
        Settings loaded = new Settings();
        loaded.sources = sources;
        return FrameworkSetting.applied(loaded, sources);
    }

    /** The same, in which these keys are known too. */
    Settings declaring(List<SettingKey<?>> keys) {
        Sources more = sources.declaring(keys);
        if (more == sources) {
            return this;
        }
        Settings changed = new Settings(this);
        changed.sources = more;
        return changed;
    }

    Sources sources() {
        return sources;
    }

    /** What the sources say about any key, the app's own included; absent if the settings were not loaded. */
    public Setting get(String key) {
        return sources.get(key);
    }

    /** The value of a declared setting that is not one of the framework's, or its default; {@link StartupError} for neither. */
    public <T> T get(SettingKey<T> key) {
        return key.get(sources);
    }

    /** The value that a source gives to a declared setting, without its default. */
    public <T> Optional<T> find(SettingKey<T> key) {
        return key.find(sources);
    }

    /** Every setting that Bocadillo and plugins declare, of the class path and of the app, in the order of the reference. */
    public List<SettingKey<?>> declared() {
        return List.copyOf(sources.declared().values());
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

    /** Whether the files of the folder {@code static} are served at {@code /static}; true by default. */
    public boolean staticFiles() {
        return staticFiles;
    }

    /** Sets {@link #staticFiles()}; what {@link App#staticFiles} says is served anyway. */
    public Settings staticFiles(boolean serve) {
        Settings changed = new Settings(this);
        changed.staticFiles = serve;
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

    /** What renders templates; null, the default, for Thymeleaf with those in the folder {@code templates}. */
    public @Nullable TemplateEngine templates() {
        return templates;
    }

    /** Sets {@link #templates()}: {@code new Templates("views")}; what it leaves open these settings say. */
    public Settings templates(TemplateEngine templates) {
        Settings changed = new Settings(this);
        changed.templates = templates;
        return changed;
    }

    /** For logs: a line {@code key=value (source)} for each setting, without secrets. */
    @Override
    public String toString() {
        return sources.print(this);
    }

    Limits multipartLimits() {
        return new Limits(maxParts, maxPartSize, maxPartHeaders, MOST_PREAMBLE);
    }

    private static long notNegative(String setting, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    setting + ": expected 0 or more, got '" + number + "'. Give a large one for no limit.");
        }
        return number;
    }

    private static Duration notNegative(String setting, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    setting + ": expected zero or more, got '" + duration + "'. Give a longer one.");
        }
        return duration;
    }
}
