/** The servers under comparison: each the same endpoints, in the same container, in a process of its own. */
@NullMarked
package io.bocadillo.bench.server;

import org.jspecify.annotations.NullMarked;
