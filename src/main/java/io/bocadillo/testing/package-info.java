/** What applications test themselves with: a client without a socket, and a live server. */
@NullMarked
package io.bocadillo.testing;

import org.jspecify.annotations.NullMarked;
