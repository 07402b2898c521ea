package io.bocadillo.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place in the table that some leading segments of patterns lead to.
 *
 * <p>The search goes depth first and leaves out whatever was registered later than the best route so far. It visits no
 * node twice: each one stands at one depth of the path, and one after a rest knows how many segments follow it, hence
 * where the rest ends. So the search is as deep as the longest pattern, however long the path.
 */
final class Node<T> {

    /** The route that brought this node about is the first of all below it, because routes are added in order. */
    private final int first;

    private final Map<String, Node<T>> literals = new HashMap<>();
    private @Nullable Node<T> integer;
    private @Nullable Node<T> text;
    private final MixedNodes<T> mixed = new MixedNodes<>();
    private final List<Rest<T>> rests = new ArrayList<>();

    /** By method, the first route that ends here; later ones can't be reached. */
    private final Map<String, RouteEntry<T>> routes = new HashMap<>();

    /** What follows a parameter that takes the rest of a path but for its last {@code tail} segments. */
    private record Rest<T>(Converter converter, int tail, Node<T> node) {}

    Node(int first) {
        this.first = first;
    }

    void add(RouteEntry<T> entry, Set<String> methods) {
        List<Segment> segments = entry.pattern().segments();
        Node<T> node = this;
        for (int i = 0; i < segments.size(); i++) {
            node = node.child(segments.get(i), segments.size() - i - 1, entry.order());
        }
        for (String method : methods) {
            node.routes.putIfAbsent(method, entry);
        }
    }

    private Node<T> child(Segment segment, int tail, int order) {
        if (segment instanceof Literal literal) {
            return literals.computeIfAbsent(literal.text(), absent -> new Node<>(order));
        }
        if (segment instanceof Mixed mix) {
            return mixed.child(mix, order);
        }
        Converter converter = ((Param) segment).converter();
        return switch (converter) {
            case INT -> integer = integer == null ? new Node<>(order) : integer;
            case TEXT -> text = text == null ? new Node<>(order) : text;
            case PATH, WILDCARD -> rest(converter, tail, order);
        };
    }

    private Node<T> rest(Converter converter, int tail, int order) {
        for (Rest<T> rest : rests) {
            if (rest.converter == converter && rest.tail == tail) {
                return rest.node;
            }
        }
        Rest<T> rest = new Rest<>(converter, tail, new Node<>(order));
        rests.add(rest);
        return rest.node;
    }

    /** The first route that matches the path and the method. */
    @Nullable
    RouteEntry<T> find(Path path, String method) {
        return findAfter(-1, path, method);
    }

    /** The first route that matches the path and the method, of those registered after {@code order}. */
    @Nullable
    RouteEntry<T> findAfter(int order, Path path, String method) {
        return find(path, 0, method, order, null);
    }

    @Nullable
    RouteEntry<T> find(Path path, int index, String method, int after, @Nullable RouteEntry<T> best) {
        if (best != null && best.order() < first) {
            return best;
        }
        if (index == path.size()) {
            RouteEntry<T> entry = routes.get(method);
            boolean isBetter = entry != null && entry.order() > after && (best == null || entry.order() < best.order());
            return isBetter ? entry : best;
        }
        String segment = path.segment(index);
        RouteEntry<T> found = best;
        Node<T> literal = literals.get(segment);
        if (literal != null) {
            found = literal.find(path, index + 1, method, after, found);
        }
        if (integer != null && Converter.INT.accepts(segment)) {
            found = integer.find(path, index + 1, method, after, found);
        }
        if (text != null && Converter.TEXT.accepts(segment)) {
            found = text.find(path, index + 1, method, after, found);
        }
        found = mixed.find(path, index, method, after, found);
        return findRest(path, index, method, after, found);
    }

    private @Nullable RouteEntry<T> findRest(
            Path path, int index, String method, int after, @Nullable RouteEntry<T> best) {
        RouteEntry<T> found = best;
        for (int i = 0; i < rests.size(); i++) {
            Rest<T> rest = rests.get(i);
            int end = path.size() - rest.tail;
            // Only the last segment of a path may be empty.
            boolean isEmpty = end == index + 1 && path.segment(index).isEmpty();
            if (end > index && (!isEmpty || rest.converter == Converter.PATH)) {
                found = rest.node.find(path, end, method, after, found);
            }
        }
        return found;
    }
}
