package io.bocadillo.routing;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Literals and parameters side by side within one segment, as in {@code {year}-{month}.html}.
 *
 * <p>Each parameter, from left to right, takes as much as it can while the rest still matches. Where each part may
 * begin is worked out once from the right, so no choice is ever taken back: the cost is the length of the text times
 * the number of parts, whatever a client sends.
 *
 * @param prefix the literal before the first parameter, possibly empty
 * @param middle parameters and the literals between them, beginning and ending with a parameter
 * @param suffix the literal after the last parameter, possibly empty
 */
record Mixed(String prefix, List<Part> middle, String suffix) implements Segment {

    static Mixed of(List<Part> parts) {
        int from = parts.get(0) instanceof Literal ? 1 : 0;
        int to = parts.get(parts.size() - 1) instanceof Literal ? parts.size() - 1 : parts.size();
        return new Mixed(
                from == 0 ? "" : ((Literal) parts.get(0)).text(),
                List.copyOf(parts.subList(from, to)),
                to == parts.size() ? "" : ((Literal) parts.get(to)).text());
    }

    @Override
    public int capture(String text, @Nullable String[] values, int next) {
        int from = prefix.length();
        int to = text.length() - suffix.length();
        if (from >= to || !text.startsWith(prefix) || !text.endsWith(suffix)) {
            return -1;
        }
        String inner = text.substring(from, to);
        return middle.size() == 1 && middle.get(0) instanceof Param param
                ? param.capture(inner, values, next)
                : captureMiddle(inner, values, next);
    }

    private int captureMiddle(String text, @Nullable String[] values, int next) {
        BitSet[] ends = new BitSet[middle.size()];
        BitSet starts = new BitSet();
        starts.set(text.length());
        for (int i = middle.size() - 1; i >= 0; i--) {
            ends[i] = starts;
            starts = middle.get(i).starts(text, starts);
        }
        if (!starts.get(0)) {
            return -1;
        }
        int start = 0;
        int index = next;
        for (int i = 0; i < middle.size(); i++) {
            int end = middle.get(i).end(text, start, ends[i]);
            if (middle.get(i) instanceof Param param) {
                index = param.capture(text.substring(start, end), values, index);
            }
            start = end;
        }
        return index;
    }

    @Override
    public String fill(Function<Param, String> value) {
        return middle.stream().map(part -> part.fill(value)).collect(Collectors.joining("", prefix, suffix));
    }

    @Override
    public Mixed unnamed() {
        List<Part> unnamed = middle.stream()
                .map(part -> part instanceof Param param ? param.unnamed() : part)
                .toList();
        return new Mixed(prefix, unnamed, suffix);
    }

    @Override
    public Stream<Param> params() {
        return middle.stream().filter(Param.class::isInstance).map(Param.class::cast);
    }
}
