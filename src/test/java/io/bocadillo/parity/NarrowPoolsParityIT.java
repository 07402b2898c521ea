package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Narrow.class)
class NarrowPoolsParityIT {

    @Parameter
    Site site;

    /** Who tells a writer that its client has gone must not wait for a thread that the writer has. */
    @Test
    void clientsThatGoFreeTheThreadsOfTheirWriters() throws Exception {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < NarrowApp.THREADS; i++) {
            Wire wire = Wire.withSmallWindow(site.server().port()).send(site.head("GET /endless"));
            wires.add(wire);
            assertThat(wire.readUntil("\r\n")).startsWith("HTTP/1.1 200");
        }
        for (Wire wire : wires) {
            wire.reset();
        }
        assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
    }
}
