package io.bocadillo.parity;

import static io.bocadillo.containers.Container.JETTY;
import static io.bocadillo.containers.Container.TOMCAT_10;
import static io.bocadillo.containers.Container.TOMCAT_11;
import static io.bocadillo.containers.Container.UNDERTOW;

import io.bocadillo.containers.Container;
import java.util.List;

/** Where a container decides before the app can, and not as the others do; docs/compatibility.md quotes this list. */
enum Deviation {
    /** {@code GET /shop} with the mapping {@code /*} is redirected by a 301; elsewhere the app does it, by a 308. */
    CONTEXT_ROOT_IS_REDIRECTED(JETTY),
    /** A request target without a leading slash gets a 500, or a 404 if the context path is not empty; elsewhere a 400. */
    TARGET_WITHOUT_SLASH_GETS_NO_400(UNDERTOW),
    /**
     * {@code OPTIONS *} gets a 200 for the whole server; Jetty answers 404, Undertow 500, or 404 if the context path is not
     * empty.
     */
    OPTIONS_ASTERISK_IS_ANSWERED(TOMCAT_10, TOMCAT_11),
    /** After a 400, 408, 411, 413, 414, 500, 501 or 503 the connection is closed, and the answer says so. */
    SOME_ERRORS_CLOSE(TOMCAT_10, TOMCAT_11),
    /** A body announced beyond 2 MiB, unless {@code MAX_ENTITY_SIZE} is raised, gets an empty 500; elsewhere a 413. */
    BODY_BEYOND_2_MIB_GETS_500(UNDERTOW),
    /** An answer that begins before a body announced beyond 2 MiB is read, unless {@code maxSwallowSize} is raised, closes. */
    ANSWER_BEFORE_LARGE_BODY_CLOSES(TOMCAT_10, TOMCAT_11),
    /** {@code 100 Continue} is sent before the app is asked, so also when a refusal follows. */
    CONTINUE_IS_SENT_UNASKED(TOMCAT_10, TOMCAT_11),
    /** After a malformed chunk the connection is closed without an answer; elsewhere the app answers 400. */
    MALFORMED_CHUNK_IS_NOT_ANSWERED(TOMCAT_10, TOMCAT_11, UNDERTOW),
    /** A chunk without CRLF after its data, and an empty line for a chunk's size, are taken. */
    CHUNKS_WITHOUT_LINE_ENDS_ARE_TAKEN(UNDERTOW),
    /** An answer that ends before the body has come closes the connection, also without {@code Connection: close}. */
    UNREAD_BODY_ENDS_CONNECTION(JETTY, TOMCAT_11),
    /** HEAD answered with 204 carries {@code Content-Length: 0}. */
    LENGTH_WITH_204_TO_HEAD(UNDERTOW),
    /** HEAD answered with 304 carries {@code Transfer-Encoding: chunked}. */
    CODING_WITH_304_TO_HEAD(UNDERTOW);

    private final List<Container> containers;

    Deviation(Container... containers) {
        this.containers = List.of(containers);
    }

    boolean of(Site site) {
        return containers.contains(site.container());
    }
}
