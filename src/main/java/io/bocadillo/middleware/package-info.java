/**
 * The middleware that comes with Bocadillo, one class each: it is switched on with {@link io.bocadillo.App#use}, for one
 * route with {@link io.bocadillo.Route#use}, and costs nothing where it is not.
 *
 * <p>Each is immutable: what sets an option returns another one. A configuration that can't be meant is a {@link
 * io.bocadillo.StartupError} at once.
 */
@NullMarked
package io.bocadillo.middleware;

import org.jspecify.annotations.NullMarked;
