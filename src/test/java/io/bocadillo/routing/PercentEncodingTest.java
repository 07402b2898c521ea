package io.bocadillo.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    private static final String UNRESERVED = "-._~";

    @Test
    void everythingButLettersDigitsAndWhatIsExemptIsEncoded() {
        assertThat(PercentEncoding.encode("azAZ09", "")).isEqualTo("azAZ09");
        assertThat(PercentEncoding.encode("a-b._~/%+ \0\u007f", UNRESERVED)).isEqualTo("a-b._~%2F%25%2B%20%00%7F");
        assertThat(PercentEncoding.encode("a/b", "/")).isEqualTo("a/b");
    }

    @Test
    void whatIsEncodedStaysSoIfPercentSignsDo() {
        assertThat(PercentEncoding.encode("%20 %zz%4%C3%a9%", "%")).isEqualTo("%20%20%25zz%254%C3%a9%25");
        assertThat(PercentEncoding.encode("%20", "")).isEqualTo("%2520");
    }

    @Test
    void textIsEncodedAsUtf8WithUpperCaseDigits() {
        assertThat(PercentEncoding.encode("é€\ud83c\udf2e\u0663", "")).isEqualTo("%C3%A9%E2%82%AC%F0%9F%8C%AE%D9%A3");
    }

    @ParameterizedTest
    @CsvSource({"a, a", "caf%C3%A9, café", "caf%c3%a9, café", "%2541, %41", "%25, %", "a+b, a+b", "%2B%2f, +/"})
    void itIsDecodedOnce(String encoded, String text) {
        assertThat(PercentEncoding.decode(encoded)).isEqualTo(text);
    }

    @Test
    void itMayBeDecodedInAnotherCharset() {
        assertThat(PercentEncoding.decode("caf%E9", ISO_8859_1)).isEqualTo("café");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentEncoding.decode("caf%E9", US_ASCII))
                .withMessage("not US-ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "%2", "a%", "%zz", "%2G", "%G2", "%+1", "%-1", "% 1", "%%35", "%u0041", "%\uff11\uff12"})
    void aPercentSignNeedsTwoHexDigits(String malformed) {
        assertThatIllegalArgumentException().isThrownBy(() -> PercentEncoding.decode(malformed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a\u0080", "\u007f", "\ud83c\udf2e", "\ud800"})
    void onlyAsciiIsDecoded(String notAscii) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentEncoding.decode(notAscii))
                .withMessage("not ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%80", // a continuation byte alone
                "%C3", // cut off
                "%C3a",
                "%E2%82",
                "%FF",
                "%C0%AF", // overlong
                "%C1%81",
                "%E0%80%AF",
                "%F0%80%80%AF",
                "%ED%A0%80", // surrogates
                "%ED%BF%BF",
                "%F4%90%80%80", // beyond Unicode
                "%F8%88%80%80%80"
            })
    void whatIsNotUtf8IsRefused(String malformed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentEncoding.decode(malformed))
                .withMessage("not UTF-8");
    }

    @Property
    void anyTextSurvives(@ForAll("texts") String text) {
        String encoded = PercentEncoding.encode(text, UNRESERVED);
        assertThat(encoded).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
        assertThat(PercentEncoding.decode(encoded)).isEqualTo(text);
        assertThat(PercentEncoding.decode(PercentEncoding.encode(encoded, ""))).isEqualTo(encoded);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().all().filter(text -> UTF_8.newEncoder().canEncode(text));
    }

    @Property
    void anyTextIsDecodedOrRefused(@ForAll("nearlyEncoded") String text) {
        try {
            String decoded = PercentEncoding.decode(text);
            assertThat(PercentEncoding.decode(PercentEncoding.encode(decoded, "")))
                    .isEqualTo(decoded);
        } catch (IllegalArgumentException refused) {
            assertThat(text).containsPattern("%|[^\0-~]");
        }
    }

    @Provide
    Arbitrary<String> nearlyEncoded() {
        return Arbitraries.of("%", "%C3", "%A9", "%E2%82%AC", "%2", "a", "F", "z", "+", "é", " ", "%25")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
