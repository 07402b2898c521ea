package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import io.bocadillo.starvation.ThriftyApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send many requests at once and read no answer. */
@Tag("load")
class UnreadAnswersLoad {

    private static final int CLIENTS = 220;
    private static final byte[] REQUESTS =
            "GET /16k HTTP/1.1\r\nHost: test\r\n\r\n".repeat(1500).getBytes(StandardCharsets.US_ASCII);
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

    private static final long SECOND_MILLIS = 1000;

    /** Jetty gives up a write after 30 s, Tomcat after 60 s. */
    private static final int LONGEST_PAUSE_SECONDS = 100;

    @ParameterizedTest
    @EnumSource
    @Timeout(150)
    void holdUpOthersForAsLongAsTheContainerLetsAWriteWait(Container container) throws Exception {
        try (Running server = container.start(new Home("", "/*"), ThriftyApp.class)) {
            List<Wire> wires = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    wires.add(Wire.withSmallWindow(server.port()).send(REQUESTS));
                }
                Thread.sleep(SECOND_MILLIS);
                long pause = secondsUntilAnswered(server);
                System.out.println(container + ": a pause of " + pause + " s");

                assertThat(pause).isLessThan(container == Container.UNDERTOW ? 1 : LONGEST_PAUSE_SECONDS);
            } finally {
                for (Wire wire : wires) {
                    wire.close();
                }
            }
        }
    }

    private static long secondsUntilAnswered(Running server) {
        long start = System.nanoTime();
        while (true) {
            try {
                assertThat(Wire.ask(server.port(), PING).text()).isEqualTo("pong");
                return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            } catch (IOException timeout) {
                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                        .isLessThan(LONGEST_PAUSE_SECONDS);
            }
        }
    }
}
