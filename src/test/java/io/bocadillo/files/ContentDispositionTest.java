package io.bocadillo.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {

    /**
     * The grammar of RFC 6266, section 4.1, as far as it is used: a token, a quoted-string without escapes, and the
     * ext-value of RFC 8187, section 3.2.1.
     */
    private static final Pattern FIELD = Pattern.compile("(attachment|inline)(?:; filename=\"([ !#-\\x5B\\x5D-~]*)\")?"
            + "(?:; filename\\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})*))?");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report.csv        | filename=\"report.csv\"",
                "my report (1).csv | filename=\"my report (1).csv\"",
                "a;b=c,d'e.txt     | filename=\"a;b=c,d'e.txt\"",
                "café.csv          | filename=\"cafe.csv\"; filename*=UTF-8''caf%C3%A9.csv",
                "€ rates           | filename=\"_ rates\"; filename*=UTF-8''%E2%82%AC%20rates",
                "🌮.png            | filename=\"_.png\"; filename*=UTF-8''%F0%9F%8C%AE.png",
                "日本語.txt           | filename=\"___.txt\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.txt",
                "50%25.txt         | filename=\"50_25.txt\"; filename*=UTF-8''50%2525.txt",
                "/etc/passwd       | filename=\"passwd\"",
                "../../passwd      | filename=\"passwd\"",
                "C:\\temp\\a.txt   | filename=\"a.txt\"",
            })
    void aNameIsPlainOrInUtf8Too(String fileName, String parameters) {
        assertThat(ContentDisposition.attachment(fileName)).isEqualTo("attachment; " + parameters);
        assertThat(ContentDisposition.inline(fileName)).isEqualTo("inline; " + parameters);
    }

    @Test
    void quotesAndControlCharactersDoNoHarm() {
        assertThat(ContentDisposition.attachment("a\"b.txt"))
                .isEqualTo("attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt");
        assertThat(ContentDisposition.attachment("a\r\nSet-Cookie: b\0\u007f\u0085.txt"))
                .isEqualTo("attachment; filename=\"aSet-Cookie: b.txt\"");
        assertThat(ContentDisposition.attachment("a\ud800b")).isEqualTo("attachment; filename=\"ab\"");
    }

    @ParameterizedTest
    @CsvSource({"''", "a/", "..", "a/..", "' '", "."})
    void whatIsNoNameIsLeftOut(String fileName) {
        assertThat(ContentDisposition.attachment(fileName)).isEqualTo("attachment");
    }

    @Property(tries = 5_000)
    void anyNameIsReadAsItsLastSegment(@ForAll("names") String fileName) {
        Matcher field = FIELD.matcher(ContentDisposition.attachment(fileName));
        assertThat(field.matches()).as(field.toString()).isTrue();
        String plain = field.group(2);
        String name = field.group(3) == null
                ? plain
                : URLDecoder.decode(field.group(3).replace("+", "%2B"), UTF_8);
        String expected = fileName.replaceAll("(?s).*[/\\\\]", "")
                .replaceAll("\\p{Cc}", "")
                .replaceAll("\\p{Cs}", "")
                .strip();
        if (expected.matches("\\.{0,2}")) {
            assertThat(name).isNull();
        } else {
            assertThat(name).isEqualTo(expected);
            assertThat(plain).doesNotContain("%");
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.strings().withChars("ab./\\\"%'*; \r\n\0é€").ofMaxLength(12));
    }
}
