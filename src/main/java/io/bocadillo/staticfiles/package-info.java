/**
 * Files that are served as they are: where they come from, which names are served, which form a client gets.
 *
 * <p>An inner package, but for {@link io.bocadillo.staticfiles.StaticFiles}, which applications name: it knows the JDK,
 * {@code files} and {@code negotiation}, neither requests nor servers.
 */
@NullMarked
package io.bocadillo.staticfiles;

import org.jspecify.annotations.NullMarked;
