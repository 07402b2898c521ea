/**
 * Bodies of type {@code multipart/form-data} (RFC 7578), parsed as their bytes arrive.
 *
 * <p>An inner package: it knows the JDK and how to print foreign text, and neither requests nor servers. A {@link
 * io.bocadillo.multipart.MultipartParser} pushes parts into a {@link io.bocadillo.multipart.PartHandler}, of which
 * {@link io.bocadillo.multipart.FormCollector} is the one that keeps them; a {@link
 * io.bocadillo.multipart.PartsPublisher} lets its subscribers pull them.
 */
@NullMarked
package io.bocadillo.multipart;

import org.jspecify.annotations.NullMarked;
