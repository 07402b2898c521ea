/** Malformed and hostile requests, and the answers they must get on every container. */
package io.bocadillo.badinputs;
