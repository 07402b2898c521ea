package io.bocadillo.routing;

import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One segment of a pattern. */
sealed interface Segment permits Literal, Param, Mixed {

    /**
     * Matches the text and writes the values of the named parameters from {@code values[next]} on.
     *
     * @return the index after the last value, or -1 when the text does not match
     */
    int capture(String text, @Nullable String[] values, int next);

    /** The text that this segment stands for once each parameter has a value. */
    String fill(Function<Param, String> value);

    /** The same segment without names: two segments that differ in names alone match the same texts. */
    Segment unnamed();

    /** The parameters, anonymous ones included, from left to right. */
    Stream<Param> params();
}
