package io.bocadillo;

import io.bocadillo.routing.Pattern;

/** What a {@link Router} holds, in the order in which it is to be tried. */
sealed interface Registered {

    /** A route, as it was registered: its pattern and its name know nothing of what is around the router. */
    record Routed(Route route) implements Registered {}

    /** A recipe, below a prefix of its own and the one it was included with. */
    record Included(Recipe recipe, Pattern prefix, Place place) implements Registered {}

    /** An app of its own below a prefix. */
    record Mounted(Mount mount) implements Registered {}
}
