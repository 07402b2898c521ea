package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@AtEveryHome
class MountsParityIT {

    @Parameter
    Site site;

    @Test
    void aRecipeIsPartOfTheApp() throws Exception {
        Answer answer = site.ask("GET /recipes/tacos/beef");
        assertThat(answer.text()).isEqualTo(site.base() + "/recipes/tacos/a%20b?q=%C3%BC");
        assertThat(answer.header("X-Recipe")).isEqualTo("tacos");
        assertThat(site.ask("GET /recipes/tacos/").text()).isEqualTo("tacos");
    }

    @Test
    void aMountedAppKnowsWhereItIs() throws Exception {
        assertThat(site.ask("GET /mounted/acme/deep/where/7").text())
                .isEqualTo(site.base() + "|/mounted/acme/deep/where/7|/mounted/acme/deep");
        assertThat(site.ask("GET /mounted/acme/deep/link").text())
                .isEqualTo(site.base() + "/mounted/acme/deep/where/1");
        assertThat(site.ask("GET /mounted/caf%C3%A9/").text()).isEqualTo("home of café");
    }

    @ParameterizedTest
    @CsvSource({
        "/recipes/tacos,           308, /recipes/tacos/",
        "/old-tacos/7?a=1,         308, /recipes/tacos/7?a=1",
        "/mounted/acme,            308, /mounted/acme/",
        "/mounted/a%20b?x=%2F,     308, /mounted/a%20b/?x=%2F",
        "/mounted/acme;v=1,        308, /mounted/acme/",
        "/mounted/acme/thrown,     302, /mounted/acme/",
        "/mounted/acme/later,      302, /mounted/acme/later/acme",
        "/link-into-mount,         302, /mounted/caf%C3%A9/deep/where/7",
    })
    void redirectsStayUnderTheBaseAndTheMount(String path, int status, String location) throws Exception {
        Answer answer = site.ask("GET " + path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Location")).isEqualTo(site.base() + location);
    }

    @Test
    void whatHasNoRouteIsAnsweredByTheMountedApp() throws Exception {
        Answer none = site.ask("GET /mounted/acme/none");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text()).isEqualTo("404 Not Found");
        Answer method = site.ask("DELETE /mounted/acme/echo");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("POST, OPTIONS");
        Answer options = site.ask("OPTIONS /mounted/acme/echo");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("X-Mounted")).isEqualTo("13");
    }

    @Test
    void aBodyHasTheLimitOfTheMountedApp() throws Exception {
        String body = "x".repeat(MountedApps.MAX_BODY);
        assertThat(site.askWithBody("POST /mounted/acme/echo", body).text()).isEqualTo(body);
        Answer refused = site.askWithBody("POST /mounted/acme/echo", body + "x");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).startsWith("413 ");
        assertThat(site.askWithBody("POST /mounted/acme/stream", body + body).text())
                .isEqualTo(body + body);
    }

    @Test
    void theTimeoutIsThatOfTheMountedApp() throws Exception {
        Answer answer = site.ask("GET /mounted/acme/never");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("503 Service Unavailable");
    }

    @Test
    void aTaskRunsAfterTheAnswer() throws Exception {
        String token = UUID.randomUUID().toString();
        assertThat(site.ask("GET /mounted/acme/task?token=" + token).text()).isEqualTo("task");
        assertThat(site.ask("GET /report/" + token).text()).isEqualTo("done");
    }
}
