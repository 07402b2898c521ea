/** The servlet edge: the only home of {@code jakarta.servlet}. */
@NullMarked
package io.bocadillo.servlet;

import org.jspecify.annotations.NullMarked;
