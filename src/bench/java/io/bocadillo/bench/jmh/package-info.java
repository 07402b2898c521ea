/** Runs the benchmarks of JMH, which live in the packages of what they measure. */
@NullMarked
package io.bocadillo.bench.jmh;

import org.jspecify.annotations.NullMarked;
