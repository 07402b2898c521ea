package io.bocadillo.starvation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import io.bocadillo.parity.CommittingFilter;
import io.bocadillo.parity.ParameterFilter;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiltersIT {

    @ParameterizedTest
    @EnumSource
    void aConsumedFormKeepsItsFieldsWhateverTheQueryIs(Container container) throws Exception {
        try (Running server = start(container, ParameterFilter.class)) {
            for (String query : new String[] {"?%zz=1", "?b=%zz", "?b=%zz&c", "?=", "?a=%"}) {
                Answer answer = post(server, "/uploads" + query, "Content-Length: 7", "a=1&b=2");
                assertThat(answer.status()).as(query).isIn(200, 400);
                if (answer.status() == 200) {
                    assertThat(answer.text()).as(query).isEqualTo("a=1&b=2");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConsumedFormIsLimitedToo(Container container) throws Exception {
        try (Running server = start(container, ParameterFilter.class)) {
            String form = "a=" + "x".repeat(ThriftyApp.MAX_BODY);
            String chunks = Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n";
            assertThat(post(server, "/uploads", "Transfer-Encoding: chunked", chunks)
                            .status())
                    .isEqualTo(413);
            assertThat(post(server, "/uploads", "Content-Length: " + form.length(), form)
                            .status())
                    .isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void anAnswerThatAFilterHasBegunBreaksOffAndLeavesOneLineInTheLog(Container container) throws Exception {
        long mark = container.log().mark();
        try (Running server = start(container, CommittingFilter.class)) {
            for (String request : new String[] {"GET /ping", "GET /nothing", "POST /uploads"}) {
                try (Wire wire = server.connect()) {
                    wire.send(request + " HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
                    assertThatThrownBy(wire::read).as(request).isInstanceOf(IOException.class);
                }
            }
            while (errors(container, mark).size() < 3) {
                Thread.sleep(10);
            }
            assertThat(errors(container, mark)).allMatch(line -> line.contains("got one that is committed"));
            assertThat(container.log().since(mark)).doesNotContain("\tat ");
        }
    }

    private static List<String> errors(Container container, long mark) {
        return container
                .log()
                .since(mark)
                .lines()
                .filter(line -> line.matches("(\\[.*?] )?ERROR .*"))
                .toList();
    }

    private static Running start(Container container, Class<? extends Filter> filter) {
        return container.start(new Home("", "/*").behind(filter), ThriftyApp.class);
    }

    private static Answer post(Running server, String target, String framing, String body) throws IOException {
        return Wire.ask(
                server.port(),
                "POST " + target + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Connection: close\r\n" + framing + "\r\n\r\n" + body);
    }
}
