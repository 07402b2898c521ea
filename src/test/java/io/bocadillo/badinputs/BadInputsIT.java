package io.bocadillo.badinputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** Every bad input on every container; whatever it answers, the server lives on and logs no error. */
@ParameterizedClass(name = "{0}")
@EnumSource(Container.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class BadInputsIT {

    private static final String PING = "GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(1);

    @Parameter
    private Container container;

    private Running server;

    static List<BadInput> inputs() {
        return BadInput.all();
    }

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start() {
        server = container.start(new Home("", "/*"), FixtureApp.class);
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void aBadInputGetsADefinedAnswer(BadInput input) throws Exception {
        long mark = server.log().mark();

        Reply reply = Conversation.about(input, server.port());

        Optional<Deviation> deviation = Deviation.of(input, container);
        if (deviation.isPresent()) {
            assertThat(input.expectation().unmet(reply))
                    .as("%s is mended: remove the deviation. It answers %s", container, reply)
                    .isNotEmpty();
        }
        Expectation expected = deviation.map(Deviation::expectation).orElseGet(input::expectation);
        assertThat(expected.unmet(reply)).as("%s", reply).isEmpty();
        assertAlive();
        if (!expected.allowsServerError()) {
            assertThat(server.log().since(mark, "ERROR")).isEmpty();
        }
    }

    private void assertAlive() {
        Answer answer;
        try {
            answer = ping();
        } catch (AssertionFailedError late) {
            // A machine that is busy stands still for a second now and then; a server that hangs does so again.
            answer = ping();
        }
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("pong");
    }

    /** On a connection of its own. */
    private Answer ping() {
        return assertTimeoutPreemptively(ALIVE_WITHIN, () -> Wire.ask(server.port(), PING));
    }
}
