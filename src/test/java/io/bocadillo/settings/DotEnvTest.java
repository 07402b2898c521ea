package io.bocadillo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DotEnvTest {

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("", Map.of()),
                arguments("\n \n\t\n", Map.of()),
                arguments("A=1", Map.of("A", "1")),
                arguments("A=1\nB=2\n", Map.of("A", "1", "B", "2")),
                arguments("A=1\r\nB=2\r\n", Map.of("A", "1", "B", "2")),
                arguments("A=1\nA=2", Map.of("A", "2")),
                arguments("  A = 1  ", Map.of("A", "1")),
                arguments("a_B9=1", Map.of("a_B9", "1")),
                arguments("export A=1", Map.of("A", "1")),
                arguments("export\tA=1", Map.of("A", "1")),
                arguments("exportA=1", Map.of("exportA", "1")),
                arguments("export=1", Map.of("export", "1")),
                arguments("A=", Map.of("A", "")),
                arguments("A=\nB=2", Map.of("A", "", "B", "2")),
                arguments("A=x=y", Map.of("A", "x=y")),
                arguments("A=two words", Map.of("A", "two words")),
                arguments("A=it's", Map.of("A", "it's")),
                arguments("# a comment\nA=1", Map.of("A", "1")),
                arguments("  # A=0\nA=1", Map.of("A", "1")),
                arguments("A=1 # one", Map.of("A", "1")),
                arguments("A=1\t#one", Map.of("A", "1")),
                arguments("A=#", Map.of("A", "#")),
                arguments("A= # nothing", Map.of("A", "")),
                arguments("A=a#b", Map.of("A", "a#b")),
                arguments("A='one # two'", Map.of("A", "one # two")),
                arguments("A='one' # two", Map.of("A", "one")),
                arguments("A='\\n$B'", Map.of("A", "\\n$B")),
                arguments("A='\"'", Map.of("A", "\"")),
                arguments("A=' a '", Map.of("A", " a ")),
                arguments("A=''", Map.of("A", "")),
                arguments("A='one\ntwo'\nB=2", Map.of("A", "one\ntwo", "B", "2")),
                arguments("A=\"one\ntwo\"\nB=2", Map.of("A", "one\ntwo", "B", "2")),
                arguments("A=\"\\n\\r\\t\\\"\\\\\\$\"", Map.of("A", "\n\r\t\"\\$")),
                arguments("A=\"\\d+\"", Map.of("A", "\\d+")),
                arguments("A=\"it's\"#x", Map.of("A", "it's")),
                arguments("A=$B\nC=\"${A}\"", Map.of("A", "$B", "C", "${A}")),
                arguments("A=é😀", Map.of("A", "é😀")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHasTheseVariables(String text, Map<String, String> variables) {
        assertThat(DotEnv.parse(".env", text)).isEqualTo(variables);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "secret | 1 | NAME=value",
                "A=1@secret | 2 | NAME=value",
                "=secret | 1 | NAME=value",
                "A B=secret | 1 | NAME=value",
                "9A=secret | 1 | NAME=value",
                "A.B=secret | 1 | NAME=value",
                "export=secret@export B=1@export =secret | 3 | NAME=value",
                "xexport A=secret | 1 | NAME=value",
                "A=\"secret | 1 | a quote at the end of the value",
                "B=1@A=\"secret@C=1 | 2 | a quote at the end of the value",
                "A=\"secret\\ | 1 | a quote at the end of the value",
                "A='secret | 1 | a quote at the end of the value",
                "A='1'secret | 1 | nothing behind the quote but a comment",
                "A=\"1@2\" secret | 2 | nothing behind the quote but a comment",
            })
    void aMalformedLineIsNamedAndNotShown(String text, int line, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DotEnv.parse(".env", text.replace('@', '\n')))
                .withMessageStartingWith(".env, line " + line + ": expected " + expected + ", got something else. ")
                .withMessageNotContaining("secret");
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars('a', '#', ' ', '\t', '\n', '"', '\'', '\\', '$', '=', 'n', 'é')
                .ofMaxLength(12);
    }

    @Property
    void anyValueCanBeWrittenInDoubleQuotes(@ForAll("values") String value, @ForAll("values") String next) {
        String text = "A=" + quoted(value) + " # comment\nexport B=" + quoted(next);
        assertThat(DotEnv.parse(".env", text)).isEqualTo(Map.of("A", value, "B", next));
    }

    @Property
    void whateverItReadsItEnds(@ForAll("values") String first, @ForAll("values") String second) {
        String text = first + "A=" + second;
        try {
            assertThat(DotEnv.parse(".env", text).keySet()).allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
        } catch (IllegalArgumentException malformed) {
            assertThat(malformed).hasMessageMatching("\\.env, line \\d+: expected .*, got something else\\. .*");
        }
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
