package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlEncodedTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aQueryIsReadPairByPair() {
        assertThat(UrlEncoded.parse("b=1&a=x+y&&b=&c&%C3%A9=%26&=z&d=e=f&"))
                .containsExactly(
                        Map.entry("b", List.of("1", "")),
                        Map.entry("a", List.of("x y")),
                        Map.entry("c", List.of("")),
                        Map.entry("é", List.of("&")),
                        Map.entry("", List.of("z")),
                        Map.entry("d", List.of("e=f")));
        assertThat(UrlEncoded.parse("")).isEmpty();
        assertThat(UrlEncoded.parse("&&&")).isEmpty();
    }

    @Test
    void aFormMayHaveAnotherCharset() {
        assertThat(UrlEncoded.form(bytes("a=%E9"), StandardCharsets.ISO_8859_1, 1))
                .containsEntry("a", List.of("é"));
        assertThat(UrlEncoded.form(bytes("a=%C3%A9"), StandardCharsets.UTF_8, 1))
                .containsEntry("a", List.of("é"));
    }

    @Test
    void malformedTextIsRefused() {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> UrlEncoded.parse("a=%zz"))
                .returns(400, HttpError::status)
                .returns("query: expected percent-encoded UTF-8, got '%zz'. Write % as %25.", HttpError::detail);
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> UrlEncoded.form(bytes("a=%E9"), StandardCharsets.US_ASCII, 1))
                .returns(400, HttpError::status)
                .returns("form: expected US-ASCII text, got '%E9'. Send utf-8.", HttpError::detail);
    }

    @Test
    void bytesOfAFormNeedNotBeEncoded() {
        assertThat(UrlEncoded.form(bytes("name=José&✓=a b"), StandardCharsets.UTF_8, 2))
                .containsExactly(Map.entry("name", List.of("José")), Map.entry("✓", List.of("a b")));
    }

    @Test
    void aPercentSignThatEncodesNothingStandsForItself() {
        assertThat(UrlEncoded.form(bytes("a=100%&b=%zz&c=%4&d=%%41&e=%+1"), StandardCharsets.UTF_8, 5))
                .containsExactly(
                        Map.entry("a", List.of("100%")),
                        Map.entry("b", List.of("%zz")),
                        Map.entry("c", List.of("%4")),
                        Map.entry("d", List.of("%A")),
                        Map.entry("e", List.of("% 1")));
    }

    @Test
    void aFormThatIsNoTextIsRefused() {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> UrlEncoded.form(new byte[] {'a', '=', -23}, StandardCharsets.UTF_8, 1))
                .returns(400, HttpError::status)
                .returns("form: expected UTF-8 text, got '\\u00E9'. Send utf-8.", HttpError::detail);
    }

    @Test
    void aQueryHas1000FieldsAtMost() {
        assertThat(UrlEncoded.parse("&a=1".repeat(1000)).get("a")).hasSize(1000);
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> UrlEncoded.parse("a=1&".repeat(1001)))
                .returns(400, HttpError::status)
                .returns("query: expected at most 1000 fields, got more.", HttpError::detail);
    }

    @Test
    void aFormHasAsManyFieldsAsItIsAllowed() {
        assertThat(UrlEncoded.form(bytes("a&b"), StandardCharsets.UTF_8, 2)).hasSize(2);
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> UrlEncoded.form(bytes("a&b&c"), StandardCharsets.UTF_8, 2))
                .returns(413, HttpError::status)
                .returns("form: expected at most 2 fields, got more.", HttpError::detail);
    }
}
