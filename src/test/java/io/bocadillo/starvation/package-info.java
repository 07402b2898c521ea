/** Clients that are slow on purpose hold no threads: the short versions of the load tests. */
package io.bocadillo.starvation;
