/** Measures the library side by side with what else there is, and its parts by themselves; see docs/benchmarks.md. */
@NullMarked
package io.bocadillo.bench;

import org.jspecify.annotations.NullMarked;
