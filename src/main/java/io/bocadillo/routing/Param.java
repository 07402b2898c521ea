package io.bocadillo.routing;

import java.util.BitSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A parameter; without a name it is a wildcard, which matches and gives no value. */
record Param(@Nullable String name, Converter converter) implements Segment, Part {

    @Override
    public int capture(String text, @Nullable String[] values, int next) {
        if (!converter.accepts(text)) {
            return -1;
        }
        if (name == null) {
            return next;
        }
        values[next] = text;
        return next + 1;
    }

    @Override
    public BitSet starts(String text, BitSet ends) {
        return converter.starts(text, ends);
    }

    @Override
    public int end(String text, int start, BitSet ends) {
        return converter.end(text, start, ends);
    }

    @Override
    public String fill(Function<Param, String> value) {
        return value.apply(this);
    }

    @Override
    public Param unnamed() {
        return new Param(null, converter);
    }

    @Override
    public Stream<Param> params() {
        return Stream.of(this);
    }
}
