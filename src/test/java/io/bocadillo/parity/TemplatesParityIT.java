package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@InEveryContainer
class TemplatesParityIT {

    @Parameter
    Site site;

    @Test
    void aTemplateOfTheClassPathIsRenderedWithItsLayout() throws Exception {
        Answer answer = site.ask("GET /template?name=%3Cb%3E%20%C3%A9");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
        assertThat(answer.text())
                .contains("<title>Parity</title>", "<p>&lt;b&gt; é</p>", "<i>7</i>")
                .contains("href=\"/shop/api/segment-by-name/%3Cb%3E%20%C3%A9\"")
                .contains("href=\"/shop/api/hello?q=%3Cb%3E%20%C3%A9\"")
                .containsPattern("name=\"csrf_token\" value=\"[A-Za-z0-9_-]{86}\"");
    }

    @Test
    void linksOfAMountedAppStayInItAndRecordsAreJson() throws Exception {
        assertThat(site.ask("GET /themed/a%20%3C/page").text())
                .contains("href=\"/shop/api/themed/a%20%3C/style.css?v=Tenant%5Bname%3Da%20%3C%5D\"")
                .contains("href=\"/shop/api/themed/a%20%3C/page\"")
                .contains("let tenant = {\"name\":\"a \\u003C\"};");
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        Answer answer = site.ask("HEAD /template?name=x");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isNotEqualTo("0");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aTemplateThatFailsIsA500AndNothingOfIt() throws Exception {
        long mark = site.mark();
        Answer answer = site.ask("GET /template/broken");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("half", "name", "broken");
        site.expectOneError(mark, "GET", "/template/broken");
    }

    @Test
    void anUnknownTemplateIsA500WithTheReasonInTheLog() throws Exception {
        long mark = site.mark();
        assertThat(site.ask("GET /template/unknown").status()).isEqualTo(500);
        site.expectOneError(mark, "GET", "/template/unknown");
    }
}
