package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the parser with the one of Jetty; {@link JettyDifference} has what they disagree about on purpose. */
class JettyDifferentialTest {

    @Property(tries = 2_000)
    void bothReadWhatAClientHasWritten(@ForAll("forms") Documents.Form form) {
        Assume.that(!Pattern.compile("[^\r]\n--" + Pattern.quote(form.boundary()))
                .matcher(form.written())
                .find());
        Assume.that(!form.written().contains("\r\n\r\n--" + form.boundary()));
        JettyReading theirs = JettyReading.of(form.boundary(), form.written().getBytes(ISO_8859_1));
        assertThat(theirs.failure()).isNull();
        assertThat(JettyReading.Part.of(Reading.of(form.boundary(), form.written())))
                .isEqualTo(theirs.parts());
    }

    @Property(tries = 10_000)
    void bothReadTheSameOrRefuseIt(@ForAll("documents") String document) {
        JettyDifference.assertNone(document.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n--B--",
                "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\n--B\r\n--B--",
            })
    void onlyTheirsRefuses(String document) {
        assertThat(Reading.of("B", document).isAccepted()).isTrue();
        assertThat(JettyReading.of("B", document.getBytes(ISO_8859_1)).failure())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--B--x",
                "--B --",
                "--B\r\n\r\n\r\n--B--",
                "--B\r\nX: 1\r\n\r\n\r\n--B--",
                "--B\r\nContent-Disposition : form-data; name=a\r\n\r\n\r\n--B--",
                "--B\r\nContent-Disposition: form-data; name=\u00ff\r\n\r\n\r\n--B--",
                "--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n\r\n--B--",
            })
    void onlyOursRefuses(String document) {
        assertThat(Reading.of("B", document).isAccepted()).isFalse();
        assertThat(JettyReading.of("B", document.getBytes(ISO_8859_1)).failure())
                .isNull();
    }

    @Provide
    Arbitrary<Documents.Form> forms() {
        return Documents.forms();
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.oneOf(Documents.garbage(), Documents.mutated());
    }
}
