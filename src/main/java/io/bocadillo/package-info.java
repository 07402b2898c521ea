/** The HTTP vocabulary and the function shapes: what an application imports. */
@NullMarked
package io.bocadillo;

import org.jspecify.annotations.NullMarked;
