package io.bocadillo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void anArgumentIsKeyAndValueOrAFlag() {
        assertThat(Arguments.parse("--timeout=5s", "--gzip", "--empty=", "--greeting=a=b c"))
                .isEqualTo(Map.of("timeout", "5s", "gzip", "true", "empty", "", "greeting", "a=b c"));
    }

    @Test
    void whatDoesNotBeginWithTwoHyphensIsTheAppsOwn() {
        assertThat(Arguments.parse("serve", "-v", "-Dtimeout=1s", "", "a=b")).isEmpty();
    }

    @Test
    void aValueIsNotTheNextArgument() {
        assertThat(Arguments.parse("--timeout", "5s")).isEqualTo(Map.of("timeout", "true"));
    }

    @Test
    void nothingCountsBehindTwoHyphens() {
        assertThat(Arguments.parse("--gzip", "--", "--timeout=5s")).isEqualTo(Map.of("gzip", "true"));
    }

    @Test
    void theLastOneCountsOfAKeyThatComesTwice() {
        assertThat(Arguments.parse("--a=1", "--a=2")).isEqualTo(Map.of("a", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--=x", "-- =x"})
    void aValueWithoutAKeyIsAMistake(String argument) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(argument))
                .withMessageContaining("expected a key, got none");
    }
}
