/**
 * Proactive negotiation: which of several representations a request prefers (RFC 9110, section 12).
 *
 * <p>An inner package: it knows the JDK alone.
 */
@NullMarked
package io.bocadillo.negotiation;

import org.jspecify.annotations.NullMarked;
