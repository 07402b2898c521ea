package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.starvation.Bystander;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients with slow bodies hold neither threads nor up the others. */
@Tag("load")
class SlowClientsLoad {

    private static final int SLOW_CLIENTS = 500;
    private static final int MILLIS = 4000;
    private static final double LONGEST_P99_MILLIS = 100;

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void freshRequestsAreAnsweredAtOnceAmongSlowBodies(Container container) throws Exception {
        try (Running server = container.start(new Home("", "/*"), UploadApp.class)) {
            Bystander bystander = new Bystander(container, server);
            try (SlowClients clients = SlowClients.connect(SLOW_CLIENTS, server.port())) {
                bystander.askUntil(() -> false, MILLIS);
                System.out.println(bystander);

                bystander.expectCalm(LONGEST_P99_MILLIS);
                assertThat(clients.finish()).isEqualTo(Collections.nCopies(SLOW_CLIENTS, SlowClients.wholeAnswer()));
            }
        }
    }
}
