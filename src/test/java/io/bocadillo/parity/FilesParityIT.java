package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class FilesParityIT {

    /** More than one piece, and no whole number of them. */
    private static final int SIZE = 100_001;

    @Parameter
    Site site;

    @TempDir
    Path folder;

    @Test
    void aFileIsSentWithWhatItSaysOfItself() throws Exception {
        Answer answer = site.ask("GET " + file("data.json", SIZE).path());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Length")).isEqualTo("" + SIZE);
        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.header("Last-Modified")).isEqualTo(ServedFile.CHANGED);
        assertThat(answer.header("ETag")).matches("\"[0-9a-f]+-[0-9a-f]+\\.[0-9a-f]+\"");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.body()).isEqualTo(Bytes.pattern(SIZE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE})
    void headGetsTheFieldsOfGetAndNoBody(int size) throws Exception {
        String path = file("data.bin", size).path();
        try (Wire wire = site.connect()) {
            Answer head = wire.send(site.head("HEAD " + path)).readToHead();
            Answer get = wire.send(site.head("GET " + path)).read();
            assertThat(head.status()).isEqualTo(200);
            assertThat(get.body()).hasSize(size);
            assertThat(fields(head)).isEqualTo(fields(get));
            assertThat(head.header("Content-Length")).isEqualTo("" + size);
            site.expectInStep(wire);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aClientThatHasTheFileIsToldSoAndGoesOnAsking(String method) throws Exception {
        String path = file("data.bin", SIZE).path();
        try (Wire wire = site.connect()) {
            String tag = wire.send(site.head("GET " + path)).read().header("ETag");
            for (String condition :
                    new String[] {"If-None-Match: " + tag, "If-Modified-Since: " + ServedFile.CHANGED}) {
                Answer answer =
                        wire.send(site.head(method + " " + path, condition)).read();
                assertThat(answer.status()).as(condition).isEqualTo(304);
                assertThat(answer.header("ETag")).isEqualTo(tag);
                assertThat(answer.header("Content-Type")).isNull();
                assertThat(answer.header("Content-Length")).isNull();
                boolean deviates = method.equals("HEAD") && Deviation.CODING_WITH_304_TO_HEAD.of(site);
                assertThat(answer.header("Transfer-Encoding")).isEqualTo(deviates ? "chunked" : null);
            }
            site.expectInStep(wire);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match: \"another\"", "If-Unmodified-Since: " + ServedFile.BEFORE})
    void aConditionThatFailsIsA412AndTheConnectionGoesOn(String condition) throws Exception {
        String path = file("data.bin", SIZE).path();
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET " + path, condition)).read();
            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.body()).isEmpty();
            Answer toHead = wire.send(site.head("HEAD " + path, condition)).readToHead();
            assertThat(toHead.status()).isEqualTo(412);
            site.expectInStep(wire);
        }
    }

    @Test
    void anAttachmentMayHaveAnyName() throws Exception {
        String at = file("4711", 10).at();
        Answer answer = site.ask("GET /attachment?name=%C3%9Cbersicht%20%E2%82%AC.csv&at=" + at);
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"Ubersicht _.csv\"; filename*=UTF-8''%C3%9Cbersicht%20%E2%82%AC.csv");
        assertThat(answer.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(answer.body()).isEqualTo(Bytes.pattern(10));
    }

    @Test
    void whatIsNoFileIsA404WithNothingInternalInIt() throws Exception {
        for (Path none : new Path[] {folder.resolve("none.bin"), folder, folder.resolve("none/none.bin")}) {
            Answer answer = site.ask("GET " + new ServedFile(none).path());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
            assertThat(answer.headers().toString()).doesNotContain("none.bin").doesNotContainIgnoringCase("exception");
        }
    }

    @Test
    void aFileThatIsDeletedBeforeItIsOpenedIsNotFound() throws Exception {
        long mark = site.mark();
        Answer answer =
                site.ask("GET /deleted-file?at=" + file("data.bin", SIZE).at());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
        for (String field : new String[] {"ETag", "Last-Modified", "Accept-Ranges"}) {
            assertThat(answer.header(field)).as(field).isNull();
        }
        assertThat(site.errors(mark)).isEmpty();
        Eventually.noneOpen(site);
    }

    @Test
    void aLargeFileArrivesWhole() throws Exception {
        int size = 5 * 1024 * 1024 + 4321;
        ServedFile large = file("large.bin", size);
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET " + large.path())).read();
            assertThat(answer.header("Content-Length")).isEqualTo("" + size);
            assertThat(Arrays.equals(answer.body(), Files.readAllBytes(large.file())))
                    .isTrue();
            site.expectInStep(wire);
        }
    }

    @Test
    void anEmptyFileIsAnEmptyAnswer() throws Exception {
        String path = file("empty.json", 0).path();
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET " + path)).read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo("0");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            site.expectInStep(wire);
        }
    }

    private ServedFile file(String name, int size) throws Exception {
        return ServedFile.of(folder.resolve(name), size);
    }

    private static List<String> fields(Answer answer) {
        return answer.headers().stream()
                .filter(field -> !field.getKey().equalsIgnoreCase("Date"))
                .map(field -> field.getKey().toLowerCase(Locale.ROOT) + ": " + field.getValue())
                .sorted()
                .toList();
    }
}
