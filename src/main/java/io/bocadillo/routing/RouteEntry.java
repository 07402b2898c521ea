package io.bocadillo.routing;

/**
 * A route as the table holds it.
 *
 * @param order its place in the order of registration
 */
record RouteEntry<T>(int order, Pattern pattern, T value) {}
