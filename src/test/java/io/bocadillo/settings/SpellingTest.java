package io.bocadillo.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of(
            "env", "timeout", "max-body", "max-upload", "gzip", "gzip.min-size", "cors.allow-origins", "cors.max-age");

    @ParameterizedTest
    @CsvSource({
        "timout, timeout",
        "maxbody, max-body",
        "max_body, max-body",
        "Max-Body, max-body",
        "maxBody, max-body",
        "MAX_BODY, max-body",
        "MAX-UPLAOD, max-upload",
        "Cors.maxAge, cors.max-age",
        "max-uplaod, max-upload",
        "cors.allow-origin, cors.allow-origins",
        "cors.origins, cors.allow-origins",
        "cors.maxage, cors.max-age",
        "gzip.minsize, gzip.min-size",
        "cros.max-age, cors.max-age"
    })
    void whatLooksLikeAKnownKeyMeansIt(String key, String meant) {
        assertThat(Spelling.meant(key, KNOWN)).contains(meant);
    }

    @Test
    void theNearestIsThatWithTheFewestOtherLetters() {
        assertThat(Spelling.nearest("gizp", KNOWN)).contains("gzip");
        assertThat(Spelling.nearest("gzip", List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"database.url", "port", "name", "body", "zip", "en", "greeting", "", "."})
    void anotherKeyIsTheAppsOwn(String key) {
        assertThat(Spelling.meant(key, KNOWN)).isEmpty();
    }
}
