/** How servers fare under load: run with {@code -Pload}. */
package io.bocadillo.load;
