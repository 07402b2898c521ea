/** The comparison over HTTP: starts the servers, lets a load generator ask them in turns, and reports. */
@NullMarked
package io.bocadillo.bench.http;

import org.jspecify.annotations.NullMarked;
