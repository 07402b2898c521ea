package io.bocadillo.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node that mixed segments lead to, indexed by what the segment begins and ends with.
 *
 * <p>A segment of a path is looked up once for each pair of lengths that occurs, of which it has room for few. Only
 * siblings that differ in nothing but what is between their first and last parameter are tried one by one.
 */
final class MixedNodes<T> {

    private static final String[] NO_VALUES = {};

    private final List<Lengths> lengths = new ArrayList<>();
    private final Map<Affixes, List<Child<T>>> children = new HashMap<>();

    private record Lengths(int prefix, int suffix) {}

    private record Affixes(String prefix, String suffix) {}

    private record Child<T>(Mixed segment, Node<T> node) {}

    Node<T> child(Mixed named, int order) {
        Mixed segment = named.unnamed();
        Lengths length = new Lengths(segment.prefix().length(), segment.suffix().length());
        if (!lengths.contains(length)) {
            lengths.add(length);
        }
        List<Child<T>> siblings =
                children.computeIfAbsent(new Affixes(segment.prefix(), segment.suffix()), absent -> new ArrayList<>());
        for (Child<T> child : siblings) {
            if (child.segment.equals(segment)) {
                return child.node;
            }
        }
        Child<T> child = new Child<>(segment, new Node<>(order));
        siblings.add(child);
        return child.node;
    }

    @Nullable
    RouteEntry<T> find(Path path, int index, String method, int after, @Nullable RouteEntry<T> best) {
        String text = path.segment(index);
        RouteEntry<T> found = best;
        for (int i = 0; i < lengths.size(); i++) {
            int prefix = lengths.get(i).prefix;
            int suffix = text.length() - lengths.get(i).suffix;
            if (prefix < suffix) {
                Affixes affixes = new Affixes(text.substring(0, prefix), text.substring(suffix));
                for (Child<T> child : children.getOrDefault(affixes, List.of())) {
                    if (child.segment.capture(text, NO_VALUES, 0) >= 0) {
                        found = child.node.find(path, index + 1, method, after, found);
                    }
                }
            }
        }
        return found;
    }
}
