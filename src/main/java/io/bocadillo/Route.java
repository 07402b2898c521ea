package io.bocadillo;

import io.bocadillo.routing.Pattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One registered route, returned for its options; they may be set until the app starts. */
public final class Route {

    private final Router router;
    private final Pattern pattern;
    private final Set<String> methods;
    private final View view;
    private final Place place;
    private final List<Placed<Middleware>> middleware = new ArrayList<>();
    private final List<Hook> before = new ArrayList<>();
    private final List<Hook> after = new ArrayList<>();
    private @Nullable String name;
    private @Nullable Long maxBody;
    private boolean streaming;

    Route(Router router, Pattern pattern, Set<String> methods, View view, Place place) {
        this.router = router;
        this.pattern = pattern;
        this.methods = Collections.unmodifiableSet(new TreeSet<>(methods));
        this.view = view;
        this.place = place;
    }

    /** Names the route for {@link App#urlFor}; {@link StartupError} if it has a name, or another route has this one. */
    public Route name(String name) {
        router.checkOpen("the name of a route");
        if (this.name != null && !this.name.equals(name)) {
            throw new StartupError(
                    "route " + this + ": expected one name, got '" + this.name + "' and '" + name + "'. Keep one.");
        }
        router.name(this, name);
        this.name = name;
        return this;
    }

    /** Its name, or null. */
    public @Nullable String name() {
        return name;
    }

    /** Lets a hook run before the view, after those added earlier. */
    public Route before(Hook hook) {
        router.checkOpen("a hook");
        before.add(Router.given("a hook", hook));
        return this;
    }

    /** Lets a hook run after the view has answered, after those added earlier; not when the view failed. */
    public Route after(Hook hook) {
        router.checkOpen("a hook");
        after.add(Router.given("a hook", hook));
        return this;
    }

    /** Lets a middleware decorate this route alone, inside those of the app and those added earlier. */
    public Route use(Middleware middleware) {
        router.checkOpen("a middleware");
        this.middleware.add(Placed.here(Router.given("a middleware", middleware)));
        return this;
    }

    /**
     * Sets the most bytes a body may have, 413 beyond, whatever it is.
     *
     * <p>Unless set it is {@link Settings#maxBody}, for a multipart form {@link Settings#maxUpload}, and no limit for what
     * a {@link #streaming} route takes. Of a multipart form it counts everything, files and all; what the content of one
     * takes in memory, and so its fields together, stays below {@link Settings#maxBody}.
     */
    public Route maxBody(long bytes) {
        router.checkOpen("a limit");
        if (bytes < 0) {
            throw new StartupError("route " + this + ": expected a limit of 0 bytes or more, got '" + bytes
                    + "'. Give a number of bytes.");
        }
        maxBody = bytes;
        return this;
    }

    /**
     * Lets hooks and view run at once, and take the body as {@link Request#stream} or {@link Request#parts}.
     *
     * <p>Such a body is as large as it may be: it has no limit but one set by {@link #maxBody}. The time for the answer
     * counts anew with every piece of it.
     */
    public Route streaming() {
        router.checkOpen("an option");
        streaming = true;
        return this;
    }

    /** The pattern of its paths: {@code /courses/{pk}}. */
    public String pattern() {
        return pattern.toString();
    }

    /** The methods it was registered for, sorted, unmodifiable; a route for GET answers HEAD too. */
    public Set<String> methods() {
        return methods;
    }

    /** Methods, pattern and place: {@code GET /courses/{pk} (Courses.java:31)}. */
    @Override
    public String toString() {
        return String.join(",", methods) + " " + pattern + " (" + place + ")";
    }

    Pattern compiled() {
        return pattern;
    }

    View view() {
        return view;
    }

    List<Placed<Middleware>> middleware() {
        return middleware;
    }

    List<Hook> beforeHooks() {
        return before;
    }

    List<Hook> afterHooks() {
        return after;
    }

    boolean isStreaming() {
        return streaming;
    }

    long maxBodyOr(long standard) {
        return maxBody == null ? standard : maxBody;
    }
}
