package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Strict.class)
class EventsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void eventsComeAtOnceAndThenHeartbeats(String version) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /events?token=" + version.charAt(7)).replace("HTTP/1.1", version));
            String answer = wire.readUntil("data: none\n\n");
            assertThat(answer).contains(" 200 ").containsIgnoringCase("content-type: text/event-stream");
            assertThat(answer.replace("\r", ""))
                    .contains("id: " + latin1("é1") + "\nevent: greeting\ndata: first\ndata: line\n\n");
            assertThat(answer.contains("chunked")).isEqualTo(version.equals("HTTP/1.1"));
            wire.readUntil(": \n\n");
            wire.readUntil(": \n\n");
        }
    }

    @Test
    void aClientThatComesBackSaysWhatItHas() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /events?token=back", "Last-Event-ID: " + latin1("é1")));
            wire.readUntil("data: " + latin1("é1") + "\n\n");
        }
    }

    @Test
    void aClientThatGoesIsFoundByAHeartbeat() throws Exception {
        String token = "gone-" + site.container();
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /events?token=" + token));
            wire.readUntil("data: none\n\n");
            wire.reset();
        }
        Eventually.expect(
                "the stream is closed",
                () -> site.ask("GET /report/" + token).text().contains("closed"));
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&stream=yes"})
    void backgroundTasksFollowTheAnswerInTheirOrder(String stream) throws Exception {
        String token = "tasks-" + site.container() + stream.length();
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /task?token=" + token + stream));
            assertThat(wire.read().body()).hasSize(stream.isEmpty() ? 4 : 100_000);
        }
        assertThat(site.ask("GET /report/" + token).text()).isEqualTo("one two");
    }

    private static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
