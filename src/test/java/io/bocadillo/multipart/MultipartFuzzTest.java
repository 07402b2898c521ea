package io.bocadillo.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A target for Jazzer, which runs it over its seeds, and searches for new inputs with {@code mvn test -Pfuzz}. */
class MultipartFuzzTest {

    /** The first byte says how often to cut, the others are a document whose boundary is B. */
    @FuzzTest
    void anyInputIsReadAsJettyDoesHoweverItIsCut(byte[] input) {
        int every = input.length == 0 ? 1 : 1 + (input[0] & 0x1F);
        byte[] document = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        int[] cuts =
                IntStream.range(0, document.length).filter(i -> i % every == 0).toArray();
        for (Limits limits : new Limits[] {Reading.ENDLESS, new Limits(2, 16, 128, 8)}) {
            assertThat(Reading.of("B", limits, document, cuts)).isEqualTo(Reading.of("B", limits, document));
        }
        JettyDifference.assertNone(document);
    }
}
