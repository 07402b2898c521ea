package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void printableAsciiStays() {
        assertThat(Printable.of("")).isEmpty();
        assertThat(Printable.of(" /caf%C3%A9 <a href='\"'>\\&~")).isEqualTo(" /caf%C3%A9 <a href='\"'>\\&~");
    }

    @Test
    void everythingElseIsEscaped() {
        assertThat(Printable.of("a\r\nb\t\0\u001b[31m\u007f"))
                .isEqualTo("a\\u000D\\u000Ab\\u0009\\u0000\\u001B[31m\\u007F");
        assertThat(Printable.of("é\u2028\u202e\ud83c\udf2e")).isEqualTo("\\u00E9\\u2028\\u202E\\uD83C\\uDF2E");
        assertThat(Printable.of("\ud800")).isEqualTo("\\uD800");
    }

    @Test
    void whatIsLongerThan80CharactersIsCut() {
        assertThat(Printable.of("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(Printable.of("x".repeat(81))).isEqualTo("x".repeat(80) + "...");
        assertThat(Printable.of("\n".repeat(1000))).isEqualTo("\\u000A".repeat(80) + "...");
    }

    @Property
    void anyTextIsOneShortLine(@ForAll String text) {
        assertThat(Printable.of(text)).matches("[ -~]*").hasSizeLessThanOrEqualTo(80 * 6 + 3);
    }
}
