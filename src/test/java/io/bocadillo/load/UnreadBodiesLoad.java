package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.starvation.Bystander;
import io.bocadillo.starvation.Crowd;
import io.bocadillo.starvation.SlowBody;
import io.bocadillo.starvation.ThriftyApp;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients whose slow bodies nobody reads hold neither threads nor up the others. */
@Tag("load")
class UnreadBodiesLoad {

    private static final int CLIENTS = 250;
    private static final double LONGEST_P99_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 2000;

    /** The 5 s that the server waits for the rest, and some. */
    private static final int BOUND_MILLIS = 7000;

    static Stream<Arguments> everyBodyInEveryContainer() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Arrays.stream(SlowBody.values()).map(body -> Arguments.of(container, body)));
    }

    @ParameterizedTest
    @MethodSource("everyBodyInEveryContainer")
    @Timeout(60)
    void freshRequestsAreAnsweredAtOnceAmongUnreadBodies(Container container, SlowBody body) throws Exception {
        try (Running server = container.start(new Home("", "/*"), ThriftyApp.class)) {
            Bystander bystander = new Bystander(container, server).knows(body);
            try (Crowd crowd = new Crowd(server.port(), CLIENTS, body)) {
                bystander.askUntil(crowd::hasLeft, 2 * BOUND_MILLIS);
                System.out.println(body + " " + bystander);

                assertThat(crowd.complaints(PATIENCE_MILLIS, BOUND_MILLIS)).isEmpty();
                bystander.expectCalm(LONGEST_P99_MILLIS);
            }
        }
    }
}
