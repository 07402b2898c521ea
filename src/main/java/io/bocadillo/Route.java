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

    /** What stands before its name, null if it has none in the app that asks; and the places that led to it. */
    private final @Nullable String names;

    private final String trail;

    /** The same route, as the mounted app has it through which requests come to it; null in its own app. */
    private final @Nullable Route inside;

    private final Options options;

    /** The same for a route of a recipe, and for that route wherever the recipe is included. */
    private static final class Options {
        private final List<Placed<Middleware>> middleware = new ArrayList<>();
        private final List<Hook> before = new ArrayList<>();
        private final List<Hook> after = new ArrayList<>();
        private @Nullable String name;
        private @Nullable Long maxBody;
        private boolean streaming;
    }

    Route(Router router, Pattern pattern, Set<String> methods, View view, Place place) {
        this.router = router;
        this.pattern = pattern;
        this.methods = Collections.unmodifiableSet(new TreeSet<>(methods));
        this.view = view;
        this.place = place;
        this.names = "";
        this.trail = "";
        this.inside = null;
        this.options = new Options();
    }

    private Route(Route registered, Pattern pattern, @Nullable String names, String trail, @Nullable Route inside) {
        router = registered.router;
        this.pattern = pattern;
        methods = registered.methods;
        view = registered.view;
        place = registered.place;
        this.names = names;
        this.trail = trail;
        this.inside = inside;
        options = registered.options;
    }

    /** The same route as its app has it: whole pattern, whole name. */
    Route at(Pattern whole, String names, String trail) {
        boolean isWhole = whole == pattern && names.isEmpty() && trail.isEmpty();
        return isWhole ? this : new Route(this, whole, names, trail, null);
    }

    /** The same route as the app around has it, which does not know its name if {@code names} is null. */
    Route outside(@Nullable String names) {
        return new Route(this, pattern, names, trail, this);
    }

    /** The same route as the next app on the way to it has it. */
    Route inside() {
        return inside == null ? this : inside;
    }

    /**
     * Names the route for {@link App#urlFor}; in a recipe that name follows the one of the recipe, {@code tacos:detail}.
     *
     * @param name without a colon; if another route has it too, the app does not start
     * @throws StartupError if it has another name, or that is none
     */
    public Route name(String name) {
        router.checkOpen("the name of a route");
        String checked = Names.checked("route '" + pattern + "'", name);
        String other = options.name;
        if (other != null && !other.equals(checked)) {
            throw new StartupError("route " + this + ": expected one name, got '" + other + "' and '" + checked
                    + "'. Keep one. (" + Place.ofCaller() + ")");
        }
        options.name = checked;
        return this;
    }

    /** Its name, or null; that of a {@link Request#route} as {@link Request#urlFor} takes it. */
    public @Nullable String name() {
        return options.name == null || names == null ? null : names + options.name;
    }

    /** The whole name of another route of the same recipe or app; null if the app that asks does not know those. */
    @Nullable
    String beside(String name) {
        return names == null ? null : names + name;
    }

    /** Lets a hook run before the view, after those added earlier and those of the recipe and the app. */
    public Route before(Hook hook) {
        router.checkOpen("a hook");
        options.before.add(Router.given("a hook", hook));
        return this;
    }

    /**
     * Lets a hook run after the view has answered, after those added earlier and before those of the recipe and the app;
     * not when the view failed.
     */
    public Route after(Hook hook) {
        router.checkOpen("a hook");
        options.after.add(Router.given("a hook", hook));
        return this;
    }

    /** Lets a middleware decorate this route alone, inside those of the app, of its recipe, and those added earlier. */
    public Route use(Middleware middleware) {
        router.checkOpen("a middleware");
        options.middleware.add(Placed.here(Router.given("a middleware", middleware)));
        return this;
    }

    /**
     * Sets the most bytes a body may have, 413 beyond, whatever it is.
     *
     * <p>Unless set it is {@link Settings#maxBody}, for a multipart form {@link Settings#maxUpload}, and no limit for what
     * a {@link #streaming} route takes. Of a multipart form it counts everything, files and all; what the content of one
     * takes in memory, and so its fields together, stays below {@link Settings#maxBody}.
     *
     * @throws StartupError for a negative number, and for a mounted servlet, which takes the body itself
     */
    public Route maxBody(long bytes) {
        router.checkOpen("a limit");
        refuseHosted("maxBody");
        if (bytes < 0) {
            throw new StartupError("route " + this + ": expected a limit of 0 bytes or more, got '" + bytes
                    + "'. Give a number of bytes.");
        }
        options.maxBody = bytes;
        return this;
    }

    /**
     * Lets hooks and view run at once, and take the body as {@link Request#stream} or {@link Request#parts}.
     *
     * <p>Such a body is as large as it may be: it has no limit but one set by {@link #maxBody}. The time for the answer
     * counts anew with every piece of it.
     *
     * @throws StartupError for a mounted servlet, which takes the body itself
     */
    public Route streaming() {
        router.checkOpen("an option");
        refuseHosted("streaming");
        options.streaming = true;
        return this;
    }

    /** Whether it is {@link #streaming}. */
    public boolean isStreaming() {
        return options.streaming;
    }

    /** The pattern of its paths: {@code /courses/{pk}}; for a request, with the prefixes of recipe and mount. */
    public String pattern() {
        return pattern.toString();
    }

    /** The methods it was registered for, sorted, unmodifiable; a route for GET answers HEAD too. */
    public Set<String> methods() {
        return methods;
    }

    /** Methods, pattern and place: {@code GET /courses/{pk} (Courses.java:31, included at Main.java:12)}. */
    @Override
    public String toString() {
        return String.join(",", methods) + " " + pattern + " (" + place + trail + ")";
    }

    Pattern compiled() {
        return pattern;
    }

    Place place() {
        return place;
    }

    View view() {
        return view;
    }

    /** Whether it takes whatever is below its path, and a server answers in its own way. */
    boolean isHosted() {
        return view instanceof HostedView;
    }

    private void refuseHosted(String option) {
        if (isHosted()) {
            throw new StartupError(
                    "mount " + this + ": expected no option for bodies, which its servlet takes by itself, got '"
                            + option + "'. Leave it out, and limit them in the container.");
        }
    }

    List<Placed<Middleware>> middleware() {
        return options.middleware;
    }

    List<Hook> beforeHooks() {
        return options.before;
    }

    List<Hook> afterHooks() {
        return options.after;
    }

    long maxBodyOr(long standard) {
        return options.maxBody == null ? standard : options.maxBody;
    }
}
