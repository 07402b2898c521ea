package io.bocadillo.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The place in a tree of mixed segments that some leading parts of them lead to.
 *
 * <p>The search goes to each node once, with all positions of the text that its parts can reach. It looks for literals by
 * the text that is there, once for each of their lengths; those that are not there cost nothing, however many they are.
 *
 * @param <V> what a segment stands for
 */
final class PartNode<V> {

    private static final BitSet BEGINNING = BitSet.valueOf(new long[] {1});

    private @Nullable PartNode<V> integer;
    private @Nullable PartNode<V> text;
    private final Map<String, PartNode<V>> literals = new HashMap<>();

    /** The lengths of the literals, each once. */
    private final List<Integer> lengths = new ArrayList<>();

    private @Nullable V value;

    /** The node that one more part leads to. */
    PartNode<V> child(Part part) {
        if (part instanceof Param param) {
            if (param.converter() == Converter.INT) {
                return integer = integer == null ? new PartNode<>() : integer;
            }
            return text = text == null ? new PartNode<>() : text;
        }
        String literal = ((Literal) part).text();
        if (!lengths.contains(literal.length())) {
            lengths.add(literal.length());
        }
        return literals.computeIfAbsent(literal, absent -> new PartNode<>());
    }

    /** What a segment stands for that ends here, made if it is the first. */
    V value(Supplier<V> made) {
        V known = value == null ? made.get() : value;
        value = known;
        return known;
    }

    /** What the segments stand for that match the content. */
    List<V> match(String content) {
        List<V> matches = new ArrayList<>(1);
        match(content, BEGINNING, matches);
        return matches;
    }

    /** Adds those that match the content from one of {@code starts} to its end. */
    private void match(String content, BitSet starts, List<V> matches) {
        if (value != null && starts.get(content.length())) {
            matches.add(value);
        }
        if (integer != null) {
            integer.match(content, Converter.INT.ends(content, starts), matches);
        }
        if (text != null) {
            text.match(content, Converter.TEXT.ends(content, starts), matches);
        }
        for (int i = 0; i < lengths.size(); i++) {
            literalsThere(lengths.get(i), content, starts).forEach((node, ends) -> node.match(content, ends, matches));
        }
    }

    private Map<PartNode<V>, BitSet> literalsThere(int length, String content, BitSet starts) {
        Map<PartNode<V>, BitSet> there = new HashMap<>();
        int last = content.length() - length;
        for (int start = starts.nextSetBit(0); start >= 0 && start <= last; start = starts.nextSetBit(start + 1)) {
            PartNode<V> node = literals.get(content.substring(start, start + length));
            if (node != null) {
                there.computeIfAbsent(node, absent -> new BitSet()).set(start + length);
            }
        }
        return there;
    }
}
