/**
 * Where settings are read from, and what their text means: sources in layers, of which the first that has a setting wins.
 *
 * <p>An inner package: it knows the JDK alone, neither apps nor servers. {@link io.bocadillo.settings.Layers} are all
 * sources; {@link io.bocadillo.settings.ValueType} is how a text becomes a value. A mistake in a source is an {@link
 * IllegalArgumentException} whose message says where it is.
 */
@NullMarked
package io.bocadillo.settings;

import org.jspecify.annotations.NullMarked;
