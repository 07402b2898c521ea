/**
 * Answers made of a file: preconditions, ranges, and a body that is read as the client takes it (RFC 9110).
 *
 * <p>An inner package: it knows the JDK and how {@code routing} encodes text, neither requests nor servers. A
 * {@link io.bocadillo.files.Representation} is the file as it is now; a {@link io.bocadillo.files.FileAnswer} is what one
 * request gets of it; {@link io.bocadillo.files.ContentDisposition} and {@link io.bocadillo.files.MediaTypes} make the
 * fields that depend on its name.
 */
@NullMarked
package io.bocadillo.files;

import org.jspecify.annotations.NullMarked;
