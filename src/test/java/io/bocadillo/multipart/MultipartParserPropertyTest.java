package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MultipartParserPropertyTest {

    @Property(tries = 2_000)
    void whatAClientHasWrittenIsRead(
            @ForAll("forms") Documents.Form form, @ForAll @Size(max = 8) List<@IntRange(max = 600) Integer> cuts) {
        byte[] document = form.written().getBytes(ISO_8859_1);
        Reading reading = Reading.of(
                form.boundary(),
                Reading.ENDLESS,
                document,
                cuts.stream().mapToInt(i -> i).toArray());
        assertThat(reading.refusal()).isNull();
        assertThat(reading.parts())
                .extracting(part ->
                        new Documents.Given(part.head().name(), part.head().fileName(), part.content()))
                .isEqualTo(form.parts());
    }

    @Property(tries = 2_000)
    void howADocumentIsCutChangesNothing(
            @ForAll("documents") String text, @ForAll @Size(max = 8) List<@IntRange(max = 300) Integer> cuts) {
        byte[] document = text.getBytes(ISO_8859_1);
        Reading whole = Reading.of("B", Reading.ENDLESS, document);
        assertThat(Reading.of(
                        "B",
                        Reading.ENDLESS,
                        document,
                        cuts.stream().mapToInt(i -> i).toArray()))
                .isEqualTo(whole);
        int[] everywhere = IntStream.range(0, document.length).toArray();
        assertThat(Reading.of("B", Reading.ENDLESS, document, everywhere)).isEqualTo(whole);
    }

    @Property(tries = 2_000)
    void limitsHoldHoweverADocumentIsCut(
            @ForAll("documents") String text,
            @ForAll @IntRange(max = 3) int parts,
            @ForAll @IntRange(max = 40) int partSize,
            @ForAll @IntRange(max = 120) int headSize,
            @ForAll @IntRange(max = 10) int preamble) {
        byte[] document = text.getBytes(ISO_8859_1);
        Limits limits = new Limits(parts, partSize, headSize, preamble);
        Reading whole = Reading.of("B", limits, document);
        int[] everywhere = IntStream.range(0, document.length).toArray();
        assertThat(Reading.of("B", limits, document, everywhere)).isEqualTo(whole);
        assertThat(whole.parts()).hasSizeLessThanOrEqualTo(parts);
        assertThat(whole.parts()).allMatch(part -> part.content().length() <= partSize);
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
