package io.bocadillo.bench.http;

/**
 * What a load generator has seen.
 *
 * @param rate answers per second
 * @param p50Millis the median latency
 * @param p99Millis its 99th percentile
 * @param requests all answers
 * @param failed connections that failed, answers of a wrong status, and those that did not come in time
 */
record Load(double rate, double p50Millis, double p99Millis, long requests, long failed) {}
