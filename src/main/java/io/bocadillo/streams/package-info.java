/**
 * Publishers of bodies that are made while they are sent: of items, of a stream, of a blocking writer, of events.
 *
 * <p>It knows the JDK alone. Each publisher has one subscriber and keeps the rules of Reactive Streams; a {@link
 * io.bocadillo.streams.Delivery} sees to both, and asks a {@link io.bocadillo.streams.Source} for what there is.
 */
@NullMarked
package io.bocadillo.streams;

import org.jspecify.annotations.NullMarked;
