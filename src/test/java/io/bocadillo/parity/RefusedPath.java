package io.bocadillo.parity;

import static io.bocadillo.containers.Container.JETTY;
import static io.bocadillo.containers.Container.TOMCAT_10;
import static io.bocadillo.containers.Container.TOMCAT_11;

import io.bocadillo.containers.Container;
import java.util.List;

/** Paths that get a 400 everywhere: from the containers named, before the app sees them, and else from the app. */
enum RefusedPath {
    ENCODED_SLASH("/segment/a%2Fb", JETTY, TOMCAT_10, TOMCAT_11),
    ENCODED_BACKSLASH("/segment/a%5Cb", JETTY, TOMCAT_10, TOMCAT_11),
    BACKSLASH("/segment/a\\b", Container.values()),
    ENCODED_NUL("/segment/a%00b", JETTY, TOMCAT_10, TOMCAT_11),
    ENCODED_LINE_FEED("/segment/a%0Ab", JETTY),
    ENCODED_DELETE("/segment/a%7Fb", JETTY),
    EMPTY_FIRST_SEGMENT("//segment/a", JETTY),
    EMPTY_SEGMENT("/segment//a", JETTY),
    EMPTY_SEGMENT_IN_A_PATH_PARAMETER("/tail/a//b", JETTY),
    SEGMENT_OF_A_PARAMETER_ALONE("/;v=1/segment/a", JETTY),
    DOT("/./segment/a"),
    DOT_AT_THE_END("/segment/."),
    DOTS("/x/../segment/a"),
    DOTS_AT_THE_END("/segment/.."),
    ENCODED_DOT("/segment/%2e", JETTY),
    ENCODED_DOTS("/x/%2e%2e/segment/a", JETTY),
    HALF_ENCODED_DOTS("/x/.%2E/segment/a", JETTY),
    DOTS_WITH_A_PARAMETER("/x/..;/segment/a", JETTY),
    BAD_UTF_8("/segment/%ff", JETTY, TOMCAT_10, TOMCAT_11),
    OVERLONG_UTF_8("/segment/%C0%AF", JETTY, TOMCAT_10, TOMCAT_11),
    SURROGATE("/segment/%ED%A0%80", JETTY, TOMCAT_10, TOMCAT_11),
    PERCENT_WITHOUT_DIGITS("/segment/%zz", Container.values()),
    PERCENT_AT_THE_END("/segment/%", Container.values()),
    PERCENT_WITH_ONE_DIGIT("/segment/%4", Container.values()),
    PERCENT_U("/segment/a%uFFFF", Container.values()),
    RAW_LATIN_1("/segment/caf\u00e9", Container.values()),
    QUOTE("/segment/a\"b", Container.values()),
    BRACE("/segment/a{b}", Container.values()),
    FRAGMENT("/segment/a#b", Container.values());

    final String path;
    private final List<Container> refusing;

    RefusedPath(String path, Container... refusing) {
        this.path = path;
        this.refusing = List.of(refusing);
    }

    boolean byContainer(Site site) {
        return refusing.contains(site.container());
    }
}
