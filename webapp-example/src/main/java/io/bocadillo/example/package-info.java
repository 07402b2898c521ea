/** A course manager: the example of the documentation, the same classes in {@code main} and in a WAR. */
@NullMarked
package io.bocadillo.example;

import org.jspecify.annotations.NullMarked;
