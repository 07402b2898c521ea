package io.bocadillo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ETagTest {

    /** The table of RFC 9110, section 8.8.3.2. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "W/\"1\", W/\"1\", no match, match",
                "W/\"1\", W/\"2\", no match, no match",
                "W/\"1\", \"1\",   no match, match",
                "\"1\",   \"1\",   match,    match",
            })
    void tagsAreComparedStronglyAndWeakly(String one, String other, String strong, String weak) {
        ETag first = ETag.parse(one).orElseThrow();
        ETag second = ETag.parse(other).orElseThrow();
        assertThat(first.matchesStrongly(second)).isEqualTo(strong.equals("match"));
        assertThat(second.matchesStrongly(first)).isEqualTo(strong.equals("match"));
        assertThat(first.matchesWeakly(second)).isEqualTo(weak.equals("match"));
        assertThat(second.matchesWeakly(first)).isEqualTo(weak.equals("match"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\" | \"a\"",
                "\"a\", W/\"b\",\"c\" | \"a\" W/\"b\" \"c\"",
                "\"\" | \"\"",
                ", ,\"a\" ,, \"b\" , | \"a\" \"b\"",
                "\"a,b\", \"c\" | \"a,b\" \"c\"",
                "\"\u00e9\" | \"\u00e9\"",
                "'' | ''",
                "a | ''",
                "* | ''",
                "\"a | ''",
                "w/\"a\" | ''",
                "W/ \"a\" | ''",
                "\"a b\" | ''",
                "\"a\", b, \"c\" | \"a\"",
            })
    void aListIsReadUpToWhatIsNoTag(String list, String tags) {
        assertThat(String.join(" ", ETag.list(list).stream().map(ETag::toString).toList()))
                .isEqualTo(tags);
    }

    @Test
    void aTagIsWrittenAsItIsRead() {
        assertThat(ETag.strong("v1")).hasToString("\"v1\"");
        assertThat(ETag.weak("v1")).hasToString("W/\"v1\"");
        assertThat(ETag.parse("W/\"v1\"")).contains(ETag.weak("v1"));
        assertThat(ETag.parse("v1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a b", "a\r\nb", "\u20ac", "\u007f"})
    void whatCantStandInATagIsRefused(String opaque) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ETag.strong(opaque))
                .withMessageMatching("ETag: expected [^\n]+, got '[ -~]+'\\. Use a hash or a version number\\.");
    }
}
