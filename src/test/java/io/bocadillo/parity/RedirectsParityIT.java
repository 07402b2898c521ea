package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@AtEveryHome
class RedirectsParityIT {

    @Parameter
    Site site;

    @Test
    void aMissingSlashIsAddedUnderTheBaseWithTheQuery() throws Exception {
        Answer answer = site.ask("GET /slash?a=1&b=%2F");
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo(site.base() + "/slash/?a=1&b=%2F");
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(site.ask("GET /slash/").text()).isEqualTo("slash");
    }

    @Test
    void aMissingSlashIsAddedWhateverTheMethod() throws Exception {
        assertThat(site.ask("HEAD /slash").status()).isEqualTo(308);
        assertThat(site.ask("DELETE /slash").status()).isEqualTo(308);
    }

    @Test
    void parametersOfSegmentsAreNotKeptInTheRedirect() throws Exception {
        assertThat(site.ask("GET /slash;v=1").header("Location")).isEqualTo(site.base() + "/slash/");
    }

    @Test
    void aPathOfTheAppIsCompletedWithTheBase() throws Exception {
        Answer answer = site.ask("GET /redirect?to=/caf%C3%A9?x=1");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo(site.base() + "/caf%C3%A9?x=1");
    }

    @Test
    void aRelativePathStaysRelative() throws Exception {
        assertThat(site.ask("GET /redirect?to=hello").header("Location")).isEqualTo("hello");
        assertThat(site.ask("GET /redirect?to=../hello").header("Location")).isEqualTo("../hello");
    }

    @Test
    void aUrlStaysAsItIs() throws Exception {
        assertThat(site.ask("GET /redirect?to=https://other.example/x%3Fy=1").header("Location"))
                .isEqualTo("https://other.example/x?y=1");
    }

    @Test
    void anotherHostIsNotNamedByAccident() throws Exception {
        Answer answer = site.ask("GET /redirect?to=//evil.example");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void aThrownRedirectIsAnswered() throws Exception {
        Answer answer = site.ask("GET /see-other");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo(site.base() + "/hello");
    }
}
