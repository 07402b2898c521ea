package io.bocadillo;

import io.bocadillo.routing.Pattern;
import org.jspecify.annotations.Nullable;

/** One mounted app, returned for its options; they may be set until the app starts that it is mounted in. */
public final class Mount {

    private final Router router;
    private final Pattern prefix;
    private final App app;
    private final Place place;
    private @Nullable String name;

    Mount(Router router, Pattern prefix, App app, Place place) {
        this.router = router;
        this.prefix = prefix;
        this.app = app;
        this.place = place;
    }

    /** Lets {@link App#urlFor} outside of the mounted app know its names, each after this one: {@code api:detail}. */
    public Mount name(String name) {
        router.checkOpen("the name of a mount");
        if (this.name != null) {
            throw new StartupError("mount " + this + ": expected one name, got '" + this.name + "' and '" + name
                    + "'. Keep one. (" + Place.ofCaller() + ")");
        }
        this.name = Names.checked("mount '" + prefix + "'", name);
        return this;
    }

    /** Its name, or null. */
    public @Nullable String name() {
        return name;
    }

    /** The path it is mounted at, without a last slash, empty at the root; it may have parameters. */
    public String prefix() {
        return prefix.toString();
    }

    /** The mounted app. */
    public App app() {
        return app;
    }

    /** Prefix and place: {@code /api (Main.java:12)}. */
    @Override
    public String toString() {
        return prefix + " (" + place + ")";
    }

    Pattern compiled() {
        return prefix;
    }

    Place place() {
        return place;
    }
}
