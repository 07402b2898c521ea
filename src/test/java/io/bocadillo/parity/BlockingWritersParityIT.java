package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@InEveryContainer
class BlockingWritersParityIT {

    /** More than a container has threads, fewer than the app has for what blocks. */
    private static final int CLIENTS = 230;

    @Parameter
    Site site;

    @Test
    void clientsThatDoNotReadHoldNoThreadOfTheServer() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                wires.add(Wire.withSmallWindow(site.server().port()).send(site.head("GET /out/writer/100000000")));
            }
            for (Wire wire : wires) {
                assertThat(wire.readUntil("\r\n")).startsWith("HTTP/1.1 200");
            }
            assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
        } finally {
            for (Wire wire : wires) {
                wire.reset();
            }
        }
        Eventually.noneOpen(site);
    }
}
