package io.bocadillo.starvation;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class UnreadBodiesIT {

    private static final String GET_PING = "GET /ping HTTP/1.1\r\nHost: test\r\n\r\n";

    @ParameterizedTest
    @EnumSource
    void thatAreWholeLeaveTheConnectionToTheNextRequest(Container container) throws Exception {
        try (Running server = start(container);
                Wire wire = server.connect()) {
            for (String path : new String[] {"/nothing", "/private"}) {
                wire.send(head(path, "Content-Length: 5") + "hello");
                assertThat(wire.read().status()).isIn(401, 404);
                wire.send(GET_PING);
                assertThat(wire.read().text()).isEqualTo("pong");
                wire.send(head(path, "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n");
                assertThat(wire.read().status()).isIn(401, 404);
                wire.send(GET_PING);
                assertThat(wire.read().text()).isEqualTo("pong");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void arePassedOverBeforeAPipelinedRequest(Container container) throws Exception {
        try (Running server = start(container);
                Wire wire = server.connect()) {
            wire.send(head("/nothing", "Content-Length: 5") + "hello" + GET_PING);
            assertThat(wire.read().status()).isEqualTo(404);
            assertThat(wire.read().text()).isEqualTo("pong");
        }
    }

    /** Jetty closes at once, Tomcat 11 when the next octet comes, because it closes the request with the response. */
    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_10", "UNDERTOW"})
    void thatEndWithinTheBoundLeaveTheConnectionToTheNextRequest(Container container) throws Exception {
        try (Running server = start(container);
                Wire wire = server.connect()) {
            wire.send(head("/nothing", "Content-Length: 5") + "hel");
            assertThat(wire.read().status()).isEqualTo(404);
            wire.send("lo" + GET_PING);
            assertThat(wire.read().text()).isEqualTo("pong");
        }
    }

    /** Tomcat asks for a body at once, before the app is called. */
    @ParameterizedTest
    @EnumSource
    void areNotAskedForAfterTheAnswer(Container container) throws Exception {
        try (Running server = start(container)) {
            for (String path : new String[] {"/nothing", "/private", "/uploads"}) {
                try (Wire wire = server.connect()) {
                    wire.send(head(path, "Expect: 100-continue", "Content-Length: 5000"));
                    Answer answer = wire.read();
                    if (answer.status() == 100) {
                        answer = wire.read();
                    }
                    assertThat(answer.status()).isBetween(401, 413);
                    wire.halfClose();
                    wire.expectEnd();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void haveTheirLargeAnswerWhole(Container container) throws Exception {
        try (Running server = start(container);
                Wire wire = server.connect()) {
            wire.send(head("/large", "Content-Length: 500000") + "hello");
            assertThat(wire.read().body()).hasSize(ThriftyApp.TEN_MEGABYTES);
            wire.expectEnd();
        }
    }

    private static Running start(Container container) {
        return container.start(new Home("", "/*"), ThriftyApp.class);
    }

    private static String head(String path, String... lines) {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    }
}
