/**
 * The canonical path of a request, route patterns and the table that finds a route for both.
 *
 * <p>This is the innermost package: it knows the JDK, and neither requests nor views. Paths become a {@link
 * io.bocadillo.routing.Path} once, patterns become a {@link io.bocadillo.routing.Pattern} once, and a {@link
 * io.bocadillo.routing.RouteTable} carries values of any type.
 */
@NullMarked
package io.bocadillo.routing;

import org.jspecify.annotations.NullMarked;
