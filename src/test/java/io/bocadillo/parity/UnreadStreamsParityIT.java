package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamed bodies that are answered before they are read to their end. */
@InEveryContainer
class UnreadStreamsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "early", "ignored", "unsubscribed", "undemanded"})
    void whatIsLeftOfABodyIsNeverTakenForARequest(String how) throws Exception {
        for (int size : new int[] {5, 20_000, 300_000, 1_900_000}) {
            String smuggled = site.head("GET /segment/smuggled");
            StringBuilder body = new StringBuilder();
            while (body.length() + smuggled.length() <= size) {
                body.append(smuggled);
            }
            body.append("x".repeat(size - body.length()));
            try (Wire wire = site.connect()) {
                try {
                    wire.send(site.withBody("POST /in/" + how, body.toString()));
                    wire.send(site.head("GET /hello", "Connection: close"));
                } catch (SocketException closed) {
                    // Then the answer may be lost, too, which the client could not have told from any other close.
                    continue;
                }
                expectAnswerThenInStepOrEnd(wire, how);
            }
        }
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "early", "ignored", "unsubscribed", "undemanded"})
    void aViewMayAnswerWhileTheBodyStillComes(String how) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /in/" + how, "Content-Length: 10") + "hello");
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(how);
            try {
                wire.send("world" + site.head("GET /hello", "Connection: close"));
                expectHelloOrEnd(wire);
            } catch (SocketException closed) {
                assertThat(answer.text()).isEqualTo(how);
            }
        }
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "early", "ignored", "unsubscribed", "undemanded"})
    void theRestOfABodyMayFollowItsAnswer(String how) throws Exception {
        if (Deviation.UNREAD_BODY_ENDS_CONNECTION.of(site)) {
            return;
        }
        try (Wire wire = site.connect()) {
            for (int i = 0; i < 10; i++) {
                wire.send(site.head("POST /in/" + how, "Content-Length: 10") + "hello");
                assertThat(wire.read().text()).isEqualTo(how);
                wire.send("world");
            }
            wire.send(site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("hello");
        }
        Eventually.noneOpen(site);
    }

    /** Five at once: Tomcat 11 gives a client that is silent five seconds. Jetty may take the rest if that is there. */
    @Test
    void elseTheConnectionEndsAfterTheAnswer() throws Exception {
        if (!Deviation.UNREAD_BODY_ENDS_CONNECTION.of(site)) {
            return;
        }
        try (Wire cancelled = site.connect();
                Wire early = site.connect();
                Wire ignored = site.connect();
                Wire unsubscribed = site.connect();
                Wire undemanded = site.connect()) {
            Map<String, Wire> wires = Map.of(
                    "cancelled", cancelled,
                    "early", early,
                    "ignored", ignored,
                    "unsubscribed", unsubscribed,
                    "undemanded", undemanded);
            for (Map.Entry<String, Wire> wire : wires.entrySet()) {
                wire.getValue().send(site.head("POST /in/" + wire.getKey(), "Content-Length: 10") + "hello");
                assertThat(wire.getValue().read().text()).isEqualTo(wire.getKey());
            }
            for (Wire wire : wires.values()) {
                wire.expectEnd();
            }
        }
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"taken", "one-by-one", "echo", "echo-later", "cancelled"})
    void aClientThatWaitsIsToldToContinueWhenItsBodyIsAskedFor(String how) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /in/" + how, "Content-Length: 5", "Expect: 100-continue"));
            assertThat(wire.read().status()).isEqualTo(100);
            wire.send("hello");
            assertThat(wire.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatWaitsIsToldToContinueNoSooner() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /in/stepwise/continue", "Content-Length: 5", "Expect: 100-continue"));
            if (Deviation.CONTINUE_IS_SENT_UNASKED.of(site)) {
                assertThat(wire.read().status()).isEqualTo(100);
                site.ask("POST /steps/continue/1");
            } else {
                assertThat(wire.hasSomethingWithin(1000)).isFalse();
                site.ask("POST /steps/continue/1");
                assertThat(wire.read().status()).isEqualTo(100);
            }
            wire.send("hello");
            assertThat(wire.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignored", "unsubscribed", "undemanded"})
    void aClientThatWaitsForNothingIsNotToldToContinue(String how) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /in/" + how, "Content-Length: 5", "Expect: 100-continue"));
            if (Deviation.CONTINUE_IS_SENT_UNASKED.of(site)) {
                assertThat(wire.read().status()).isEqualTo(100);
            }
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(how);
        }
        Eventually.noneOpen(site);
    }

    @Test
    void aSubscriberThatThrowsHoldsNothingUp() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.withBody("POST /in/throwing/throwing", "hello"));
            site.ask("POST /gate/throwing");
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("answered");
        }
        Eventually.noneOpen(site);
    }

    private static void expectAnswerThenInStepOrEnd(Wire wire, String how) throws IOException {
        try {
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(how);
        } catch (SocketException reset) {
            return;
        }
        expectHelloOrEnd(wire);
    }

    private static void expectHelloOrEnd(Wire wire) throws IOException {
        try {
            assertThat(wire.read().text()).isEqualTo("hello");
        } catch (EOFException | SocketException closed) {
            return;
        }
        wire.expectEnd();
    }
}
