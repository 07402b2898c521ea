package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.StartupError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeSetTest {

    private static final MediaTypeSet SET = MediaTypeSet.of("types", "Text/*", "application/JSON", "image/svg+xml");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "TEXT/html;charset=utf-8",
                "application/json",
                "application/json ; charset=utf-8",
                "image/svg+xml"
            })
    void typesAndRangesHold(String type) {
        assertThat(SET.test(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "textual/plain", "application/json5", "application/xml", "image/svg", "json", ";"})
    void othersDoNot(String type) {
        assertThat(SET.test(type)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "json", "*", "*/*", "text/", "/plain", "text/pl*", "text/plain; a=b", "te xt/plain", "a/b/c"
            })
    void whatIsNoMediaTypeIsRefused(String type) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> MediaTypeSet.of("types", type))
                .withMessage(
                        "types: expected a media type like application/json or text/*, got '%s'. Leave parameters out.",
                        type);
    }

    @Test
    void noneIsAMistake() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> MediaTypeSet.of("types"))
                .withMessage("types: expected a media type, got none. Write one like text/*.");
    }
}
