/** Templates by Thymeleaf, which is loaded when the first one is rendered. */
@NullMarked
package io.bocadillo.templates;

import org.jspecify.annotations.NullMarked;
