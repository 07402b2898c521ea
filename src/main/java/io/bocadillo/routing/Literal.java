package io.bocadillo.routing;

import java.util.BitSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text that stands for itself. */
record Literal(String text) implements Segment, Part {

    @Override
    public int capture(String text, @Nullable String[] values, int next) {
        return this.text.equals(text) ? next : -1;
    }

    @Override
    public BitSet starts(String text, BitSet ends) {
        BitSet starts = new BitSet();
        int length = this.text.length();
        for (int end = ends.nextSetBit(length); end >= 0; end = ends.nextSetBit(end + 1)) {
            starts.set(end - length, text.startsWith(this.text, end - length));
        }
        return starts;
    }

    @Override
    public int end(String text, int start, BitSet ends) {
        return start + this.text.length();
    }

    @Override
    public String fill(Function<Param, String> value) {
        return text;
    }

    @Override
    public Literal unnamed() {
        return this;
    }

    @Override
    public Stream<Param> params() {
        return Stream.empty();
    }
}
