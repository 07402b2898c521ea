package io.bocadillo.badinputs;

import io.bocadillo.containers.Container;
import java.util.List;
import java.util.Optional;

/**
 * A bad input that a container gets wrong, or answers in its own way, before the app sees it or so that no app can tell;
 * docs/compatibility.md has the list as a table.
 *
 * @param happens what it does, as an {@link Expectation}
 * @param reason the same in a sentence of Markdown
 */
public record Deviation(String id, Container container, String happens, String reason) {

    public static final List<Deviation> ALL = List.of(
            undertow("R05", "status=200", "It takes a header block up to 1 MB unless `MAX_HEADER_SIZE` is set."),
            undertow("R06", "status=200", "It takes a header block up to 1 MB unless `MAX_HEADER_SIZE` is set."),
            undertow("R08", "status=200", "It lets a NUL pass in a header value."),
            undertow("R09", "status=200; head!~^X-Evil", "It lets a bare CR pass in a header value."),
            undertow("R12", "status=200", "It skips white space before a header name."),
            undertow("S09", "status=200; body~pong", "It ends a chunk extension at a line break inside quotes."),
            undertow("S10", "status=200; body~hello", "It takes a bare LF for the end of a chunk size."),
            undertow("S11", "status=500", "Its parser fails on a Content-Length beyond 64 bits."),
            undertow("M07", "status=500", "It refuses a body announced beyond `MAX_ENTITY_SIZE` by itself."),
            undertow("M08", "status=500", "It refuses a body announced beyond `MAX_ENTITY_SIZE` by itself."),
            tomcat10("T06", "status=400; body!~SECRET-", "Its page repeats the path asked for."),
            tomcat11("T06", "status=400; body!~SECRET-", "Its page repeats the path asked for."));

    static Optional<Deviation> of(BadInput input, Container container) {
        return ALL.stream()
                .filter(deviation -> deviation.id.equals(input.id()) && deviation.container == container)
                .findFirst();
    }

    Expectation expectation() {
        return new Expectation(happens);
    }

    private static Deviation tomcat10(String id, String happens, String reason) {
        return new Deviation(id, Container.TOMCAT_10, happens, reason);
    }

    private static Deviation tomcat11(String id, String happens, String reason) {
        return new Deviation(id, Container.TOMCAT_11, happens, reason);
    }

    private static Deviation undertow(String id, String happens, String reason) {
        return new Deviation(id, Container.UNDERTOW, happens, reason);
    }
}
