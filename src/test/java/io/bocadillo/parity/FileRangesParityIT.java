package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@AtEveryHome
class FileRangesParityIT {

    private static final int SIZE = 100_001;
    private static final byte[] WHOLE = Bytes.pattern(SIZE);

    @Parameter
    Site site;

    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void file() throws Exception {
        path = ServedFile.of(folder.resolve("data.json"), SIZE).path();
    }

    @ParameterizedTest
    @CsvSource({"0-0, 0, 0", "99-40000, 99, 40000", "32768-, 32768, 100000", "-70000, 30001, 100000"})
    void aRangeIsSentAlone(String range, int first, int last) throws Exception {
        try (Wire wire = site.connect()) {
            Answer answer =
                    wire.send(site.head("GET " + path, "Range: bytes=" + range)).read();
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
            assertThat(answer.header("Content-Length")).isEqualTo("" + (last - first + 1));
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(WHOLE, first, last + 1));
            site.expectInStep(wire);
        }
    }

    @Test
    void severalRangesAreSeveralParts() throws Exception {
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET " + path, "Range: bytes=40000-89999,0-99,-1"))
                    .read();
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.header("Content-Range")).isNull();
            assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
            List<ByteRangePart> parts = ByteRangePart.of(answer);
            assertThat(parts)
                    .extracting(ByteRangePart::contentRange)
                    .containsExactly("bytes 40000-89999/" + SIZE, "bytes 0-99/" + SIZE, "bytes 100000-100000/" + SIZE);
            assertThat(parts).extracting(ByteRangePart::contentType).containsOnly("application/json");
            assertThat(parts.get(0).content()).isEqualTo(Arrays.copyOfRange(WHOLE, 40_000, 90_000));
            assertThat(parts.get(1).content()).isEqualTo(Arrays.copyOfRange(WHOLE, 0, 100));
            assertThat(parts.get(2).content()).isEqualTo(Arrays.copyOfRange(WHOLE, SIZE - 1, SIZE));
            site.expectInStep(wire);
        }
    }

    @Test
    void aRangeBeyondTheEndIsA416AndTheConnectionGoesOn() throws Exception {
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET " + path, "Range: bytes=" + SIZE + "-"))
                    .read();
            assertThat(answer.status()).isEqualTo(416);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + SIZE);
            assertThat(answer.body()).isEmpty();
            site.expectInStep(wire);
        }
    }

    @Test
    void aRangeOfAnOldVersionIsAnsweredWithTheWhole() throws Exception {
        String tag = site.ask("HEAD " + path).header("ETag");
        for (String current : new String[] {tag, ServedFile.CHANGED}) {
            Answer part = site.ask("GET " + path, "Range: bytes=1-2", "If-Range: " + current);
            assertThat(part.status()).as(current).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(WHOLE, 1, 3));
        }
        for (String old : new String[] {"\"old\"", ServedFile.BEFORE}) {
            Answer whole = site.ask("GET " + path, "Range: bytes=1-2", "If-Range: " + old);
            assertThat(whole.status()).as(old).isEqualTo(200);
            assertThat(whole.header("Content-Range")).isNull();
            assertThat(whole.body()).isEqualTo(WHOLE);
        }
    }
}
