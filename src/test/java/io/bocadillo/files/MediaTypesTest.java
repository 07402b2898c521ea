package io.bocadillo.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource({
        "index.html, text/html; charset=utf-8",
        "app.js, text/javascript; charset=utf-8",
        "app.min.mjs, text/javascript; charset=utf-8",
        "style.css, text/css; charset=utf-8",
        "notes.TXT, text/plain; charset=utf-8",
        "data.json, application/json",
        "feed.xml, application/xml",
        "logo.svg, image/svg+xml",
        "photo.JPG, image/jpeg",
        "font.woff2, font/woff2",
        "clip.mp4, video/mp4",
        "report.pdf, application/pdf",
        "backup.tar.gz, application/gzip",
        "module.wasm, application/wasm",
        "/srv/a.b/page.html, text/html; charset=utf-8",
    })
    void theExtensionSaysTheType(String fileName, String type) {
        assertThat(MediaTypes.of(fileName)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"''", "html", "README", "a.", "a.unknown", "a.html~", "page.html/README", "a. html", "a.#", "a.ht\u0130"
    })
    void anUnknownNameIsJustBytes(String fileName) {
        assertThat(MediaTypes.of(fileName)).isEqualTo("application/octet-stream");
    }

    @Test
    void theTableHasEachTypeAndEachExtensionOnce() throws Exception {
        List<String> lines;
        try (var resource = Objects.requireNonNull(MediaTypes.class.getResourceAsStream("media-types"))) {
            lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
        assertThat(lines)
                .hasSizeBetween(140, 200)
                .allMatch(line -> line.matches("[a-z]+/[A-Za-z0-9.+-]+( [a-z0-9]+)+"));
        assertThat(lines.stream().flatMap(line -> Arrays.stream(line.split(" "))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/html; charset=utf-8          | true
            Text/HTML                         | true
            text/event-stream                 | true
            application/json                  | true
            application/problem+json          | true
            application/atom+xml;charset=utf-8 | true
            image/svg+xml                     | true
            application/wasm                  | true
            image/png                         | false
            application/gzip                  | false
            application/octet-stream          | false
            font/woff2                        | false
            ''                                | false
            """)
    void whatIsNotCompressedAlreadyIsCompressible(String type, boolean compressible) {
        assertThat(MediaTypes.isCompressible(type)).isEqualTo(compressible);
    }
}
