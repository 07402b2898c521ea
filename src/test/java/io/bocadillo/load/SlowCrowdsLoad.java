package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of slow clients hold neither threads nor up the others. */
@Tag("load")
class SlowCrowdsLoad {

    private static final int SENDERS = 2000;
    private static final int READERS = 1000;
    private static final int SECONDS = 6;
    private static final int MOST_SECONDS_TO_CALM = 40;
    private static final int PATIENCE_SECONDS = 10;
    private static final int KILOBYTE = 1024;

    /** How a body begins; the rest of its 1000 bytes comes at one a second. */
    private static final List<String> OPENINGS = List.of(
            opening("/bodies", "application/x-www-form-urlencoded", "a="),
            opening("/bodies", "application/json", "\""),
            opening(
                    "/forms",
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n"),
            opening("/streams", "application/octet-stream", "x"));

    @ParameterizedTest
    @EnumSource
    @Timeout(90)
    void freshRequestsAreAnsweredAtOnceAmongSlowBodies(Container container) throws Exception {
        try (ChildServer server = ChildServer.start(container, SlowApp.class, "-Xmx512m")) {
            Canary canary = new Canary(server);
            try (SlowCrowd crowd = SlowCrowd.connect(
                    server, SENDERS, i -> OPENINGS.get(i % OPENINGS.size()), client -> client.send("x"))) {
                server.awaitCalm(MOST_SECONDS_TO_CALM);
                canary.ask(SECONDS);
                Figure.SLOW_BODIES.is(container, canary.toString());
                assertThat(server.openExchanges()).isEqualTo(SENDERS);
                canary.expectCalm();
            }
            expectNothingLeft(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(90)
    void freshRequestsAreAnsweredAtOnceAmongSlowReaders(Container container) throws Exception {
        byte[] kilobyte = new byte[KILOBYTE];
        try (ChildServer server = ChildServer.start(container, SlowApp.class, "-Xmx512m")) {
            Canary canary = new Canary(server);
            try (SlowCrowd crowd = SlowCrowd.connect(
                    server,
                    READERS,
                    i -> "GET /large HTTP/1.1\r\nHost: test\r\n\r\n",
                    client -> assertThat(client.read(kilobyte)).isPositive())) {
                server.awaitCalm(MOST_SECONDS_TO_CALM);
                canary.ask(SECONDS);
                Figure.SLOW_READERS.is(container, canary.toString());
                assertThat(server.openExchanges()).isEqualTo(READERS);
                canary.expectCalm();
            }
            expectNothingLeft(server);
        }
    }

    private static void expectNothingLeft(ChildServer server) throws Exception {
        Await.until("open exchanges", PATIENCE_SECONDS, server::openExchanges, count -> count == 0);
        assertThat(server.errors()).isEmpty();
    }

    private static String opening(String path, String contentType, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + contentType
                + "\r\nContent-Length: 1000\r\n\r\n" + body;
    }
}
