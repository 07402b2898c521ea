/** The embedded server: the only home of Jetty. */
@NullMarked
package io.bocadillo.jetty;

import org.jspecify.annotations.NullMarked;
