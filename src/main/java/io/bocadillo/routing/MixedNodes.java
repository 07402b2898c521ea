package io.bocadillo.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node that mixed segments lead to, indexed by what the segment begins and ends with, and then by what
 * is between.
 *
 * <p>A segment of a path is looked up once for each pair of lengths that occurs, of which it has room for few.
 */
final class MixedNodes<T> {

    private final List<Lengths> lengths = new ArrayList<>();
    private final Map<Affixes, PartNode<Node<T>>> children = new HashMap<>();

    private record Lengths(int prefix, int suffix) {}

    private record Affixes(String prefix, String suffix) {}

    Node<T> child(Mixed segment, int order) {
        Lengths length = new Lengths(segment.prefix().length(), segment.suffix().length());
        if (!lengths.contains(length)) {
            lengths.add(length);
        }
        PartNode<Node<T>> middle =
                children.computeIfAbsent(new Affixes(segment.prefix(), segment.suffix()), absent -> new PartNode<>());
        for (Part part : segment.middle()) {
            middle = middle.child(part);
        }
        return middle.value(() -> new Node<>(order));
    }

    @Nullable
    RouteEntry<T> find(Path path, int index, String method, int after, @Nullable RouteEntry<T> best) {
        String text = path.segment(index);
        RouteEntry<T> found = best;
        for (int i = 0; i < lengths.size(); i++) {
            int prefix = lengths.get(i).prefix;
            int suffix = text.length() - lengths.get(i).suffix;
            if (prefix < suffix) {
                for (Node<T> child : matching(text, prefix, suffix)) {
                    found = child.find(path, index + 1, method, after, found);
                }
            }
        }
        return found;
    }

    private List<Node<T>> matching(String text, int prefix, int suffix) {
        PartNode<Node<T>> middle = children.get(new Affixes(text.substring(0, prefix), text.substring(suffix)));
        return middle == null ? List.of() : middle.match(text.substring(prefix, suffix));
    }
}
