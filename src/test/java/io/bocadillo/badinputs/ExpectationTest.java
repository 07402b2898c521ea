package io.bocadillo.badinputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.badinputs.Reply.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {

    private static final Reply REPLY = new Reply(
            Protocol.HTTP_1,
            "HTTP/1.1 200 OK\r\nVary: Origin\r\nContent-Length: 4\r\n\r\npong"
                    + "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n",
            false,
            50);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=200",
                "status=400|200",
                "last=404",
                "n<=2",
                "closed",
                "head~^VARY:.*origin",
                "head!~pong",
                "body~pong",
                "body!~^X-Evil",
                "size<=1000",
                "time<=50",
                "status=200; n<=2; body!~evil"
            })
    void aClauseThatHoldsIsMet(String clauses) {
        assertThat(new Expectation(clauses).unmet(REPLY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=404",
                "status=close",
                "status=h2:rst|ws:1002",
                "last=200",
                "n<=1",
                "head~pong",
                "head!~^vary",
                "body~evil",
                "body!~PONG",
                "size<=10",
                "time<=49"
            })
    void aClauseThatDoesNotHoldIsUnmet(String clause) {
        assertThat(new Expectation(clause).unmet(REPLY)).containsExactly(clause);
    }

    @Test
    void aServerErrorIsUnmetUnlessOneIsNamed() {
        Reply failed = new Reply(Protocol.HTTP_1, "HTTP/1.1 500 Internal Server Error\r\n\r\n", false, 0);

        assertThat(new Expectation("n<=1").unmet(failed)).containsExactly("no 5xx");
        assertThat(new Expectation("status=400|500").unmet(failed)).isEmpty();
    }

    @Test
    void anOpenConnectionIsNotClosed() {
        Reply open = new Reply(Protocol.HTTP_1, "HTTP/1.1 200 OK\r\n\r\n", false, 0);

        assertThat(new Expectation("closed").unmet(open)).containsExactly("closed");
    }

    @Test
    void aClauseThatIsNoneIsAnError() {
        assertThatThrownBy(() -> new Expectation("colour=red").unmet(REPLY)).hasMessageContaining("colour=red");
    }
}
