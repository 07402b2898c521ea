package io.bocadillo.parity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import jakarta.servlet.Filter;
import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that a filter has read before the app sees them. */
class ConsumedBodiesParityIT {

    private static final String TYPE = "Content-Type: multipart/form-data; boundary=cut";

    @ParameterizedTest
    @EnumSource
    void aMultipartFormThatAFilterHasAskedForIsThereAllTheSame(Container container) throws Exception {
        String content = "0123456789\r\n".repeat(20_000);
        String form = "--cut\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nJosé\r\n"
                + "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"menú.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content + "\r\n--cut--\r\n";
        try (Running server = start(container, ParameterFilter.class)) {
            Site site = new Site(container, server);
            for (int i = 0; i < 5; i++) {
                Answer answer = site.askWithBody("POST /form", octets(form), TYPE);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(new String(answer.body(), UTF_8))
                        .isEqualTo("José menú.txt " + Taker.whole(content.getBytes(UTF_8)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatAFilterHasKeptForItselfIsAnErrorOfTheServer(Container container) throws Exception {
        expectTaken(container, ReadingFilter.class);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyWhoseReaderAFilterHasTakenIsAnErrorOfTheServer(Container container) throws Exception {
        expectTaken(container, ReaderFilter.class);
    }

    private static void expectTaken(Container container, Class<? extends Filter> filter) throws Exception {
        try (Running server = start(container, filter)) {
            Site site = new Site(container, server);
            long mark = container.log().mark();
            assertThat(site.askWithBody("POST /text", "taken").status()).isEqualTo(500);
            Eventually.expect(
                    "the log says so",
                    () -> !container.log().since(mark, "ERROR").isEmpty());
            assertThat(site.askWithBody("POST /stream", "taken").text()).contains("a filter has taken");
        }
    }

    /** As {@link Site} sends them. */
    private static String octets(String text) {
        Charset wire = ISO_8859_1;
        return new String(text.getBytes(UTF_8), wire);
    }

    private static Running start(Container container, Class<? extends Filter> filter) throws Exception {
        return container.start(new Home("/shop", "/api/*").behind(filter), TakingApp.class);
    }
}
