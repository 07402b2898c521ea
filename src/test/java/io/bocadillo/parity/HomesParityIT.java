package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HomesParityIT {

    @ParameterizedTest
    @EnumSource
    void oneServletMayHaveSeveralMappings(Container container) throws Exception {
        try (Running server = container.start(new Home("/shop", "/api/*", "/v2/api/*", "/hello"), ParityApp.class)) {
            assertThat(get(server, "/shop/api/base").text()).isEqualTo("/shop/api");
            assertThat(get(server, "/shop/v2/api/base").text()).isEqualTo("/shop/v2/api");
            assertThat(get(server, "/shop/v2/api/slash").header("Location")).isEqualTo("/shop/v2/api/slash/");
            assertThat(get(server, "/shop/hello").text()).isEqualTo("hello");
            assertThat(get(server, "/shop/base").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultMappingServesTheWholeContext(Container container) throws Exception {
        try (Running server = container.start(new Home("/shop", "/"), ParityApp.class)) {
            assertThat(get(server, "/shop/base").text()).isEqualTo("/shop");
            assertThat(get(server, "/shop/segment/a.jsp").text()).isEqualTo("a.jsp");
            assertThat(get(server, "/shop/slash").header("Location")).isEqualTo("/shop/slash/");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAppOfAnotherContextIsNotReached(Container container) throws Exception {
        try (Running server = container.start(new Home("/shop", "/api/*"), ParityApp.class)) {
            for (String path : new String[] {"/hello", "/shop/hello", "/shopper/api/hello", "/shop/apis/hello"}) {
                assertThat(get(server, path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY")
    void noClassOfJettyIsNeededElsewhere(Container container) throws Exception {
        try (Running server = container.start(new Home("", "/*"), ParityApp.class)) {
            assertThat(get(server, "/hello").text()).isEqualTo("hello");
            for (String type :
                    new String[] {"org.eclipse.jetty.server.Server", "org.eclipse.jetty.util.thread.ThreadPool"}) {
                assertThatThrownBy(() -> container.loader().loadClass(type)).isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    private static Answer get(Running server, String path) throws IOException {
        return Wire.ask(server.port(), "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    }
}
