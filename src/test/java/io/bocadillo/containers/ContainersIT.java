package io.bocadillo.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContainersIT {

    @ParameterizedTest
    @EnumSource
    void everyContainerStartsAnAppAndStops(Container container) throws Exception {
        int port;
        try (Running server = container.start(new Home("/shop", "/api/*"), HelloApp.class)) {
            port = server.port();
            Answer answer = Wire.ask(port, "GET /shop/api/ HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("hello");
        }
        assertThatThrownBy(() -> new Wire(port)).hasMessageContaining("refused");
    }
}
