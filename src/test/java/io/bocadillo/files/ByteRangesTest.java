package io.bocadillo.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 14. "all": the field is ignored. "none": 416. */
class ByteRangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // section 14.1.2, the examples, for 10000 bytes
                "10000 | bytes=0-499                | 0-499",
                "10000 | bytes=500-999              | 500-999",
                "10000 | bytes=-500                 | 9500-9999",
                "10000 | bytes=9500-                | 9500-9999",
                "10000 | bytes=0-0,-1               | 0-0 9999-9999",
                "10000 | bytes= 0-999, 4500-5499, -1000 | 0-999 4500-5499 9000-9999",
                "10000 | bytes=500-600,601-999      | 500-600 601-999",
                "10000 | bytes=500-700,601-999      | all", // overlap
                // the end of the file
                "10    | bytes=0-                   | 0-9",
                "10    | bytes=0-9                  | 0-9",
                "10    | bytes=0-10                 | 0-9",
                "10    | bytes=9-                   | 9-9",
                "10    | bytes=9-99                 | 9-9",
                "10    | bytes=10-                  | none",
                "10    | bytes=10-20                | none",
                "10    | bytes=-10                  | 0-9",
                "10    | bytes=-11                  | 0-9",
                "10    | bytes=-0                   | none",
                "10    | bytes=-0,20-30             | none",
                "10    | bytes=2-3,20-30            | 2-3", // one can be satisfied
                "10    | bytes=20-30,-2             | 8-9",
                // numbers larger than any file
                "10    | bytes=0-9223372036854775807    | 0-9",
                "10    | bytes=0-99999999999999999999   | 0-9",
                "10    | bytes=-99999999999999999999    | 0-9",
                "10    | bytes=99999999999999999999-    | none",
                "10    | bytes=0000000000000000000001-2 | 1-2",
                // the empty file
                "0     | bytes=0-                   | none",
                "0     | bytes=0-0                  | none",
                "0     | bytes=-0                   | none",
                "0     | bytes=-5                   | all", // satisfiable, but there is no way to say it
                // lists, section 5.6.1.2
                "10    | bytes=0-1 ,3-4             | 0-1 3-4",
                "10    | bytes=,0-1,, ,3-4,         | 0-1 3-4",
                "10    | bytes=8-9,0-1              | 8-9 0-1", // in the order asked for
                "10    | bytes=0-1,0-1              | all", // overlap
                "10    | bytes=0-,-5                | all",
                "10    | bytes=0-5,5-9              | all",
                "10    | BYTES=0-1                  | 0-1", // section 14.1
                // neither bytes nor ranges
                "10    | lines=0-1                  | all",
                "10    | bytes                      | all",
                "10    | bytes=                     | all",
                "10    | bytes=,                    | all",
                "10    | bytes=-                    | all",
                "10    | bytes=5                    | all",
                "10    | bytes=5-4                  | all",
                "10    | bytes=0-1,5-4              | all",
                "10    | bytes=0-1,x                | all",
                "10    | bytes=0-1;2-3              | all",
                "10    | bytes=0 - 1                | all",
                "10    | bytes=--1                  | all",
                "10    | bytes=1--                  | all",
                "10    | bytes=+0-1                 | all",
                "10    | bytes=0x0-1                | all",
                "10    | bytes=\u0661-\u0662        | all",
                "10    | bytes =0-1                 | all",
                "10    | 0-1                        | all",
            })
    void theFieldIsReadOrIgnored(long length, String field, String expected) {
        assertThat(read(field, length)).isEqualTo(expected);
    }

    @Test
    void sixteenRangesAreAnsweredAndSeventeenAreNot() {
        assertThat(ByteRanges.of(everyOtherByte(16), 100).orElseThrow()).hasSize(16);
        assertThat(ByteRanges.of(everyOtherByte(17), 100)).isEmpty();
        assertThat(ByteRanges.of("bytes=" + "200-,".repeat(17), 100)).isEmpty();
    }

    @Property
    void rangesAreThoseAskedForAndNoByteComesTwice(
            @ForAll @IntRange(max = 40) int length, @ForAll("specs") List<int[]> specs) {
        String field = specs.stream()
                .map(spec -> (spec[0] < 0 ? "" : spec[0]) + "-" + (spec[1] < 0 ? "" : spec[1]))
                .collect(Collectors.joining(", ", "bytes=", ""));
        List<BitSet> wanted = new ArrayList<>();
        for (int[] spec : specs) {
            BitSet bytes = new BitSet();
            IntStream.range(0, length)
                    .filter(i -> spec[0] < 0 ? i >= length - spec[1] : i >= spec[0] && (spec[1] < 0 || i <= spec[1]))
                    .forEach(bytes::set);
            if (!bytes.isEmpty()) {
                wanted.add(bytes);
            }
        }
        Optional<List<ByteRange>> ranges = ByteRanges.of(field, length);
        int total = wanted.stream().mapToInt(BitSet::cardinality).sum();
        BitSet union = new BitSet();
        wanted.forEach(union::or);
        boolean isSuffixOfNothing = length == 0 && specs.stream().anyMatch(spec -> spec[0] < 0 && spec[1] > 0);
        if (total > union.cardinality() || specs.size() > 16 || isSuffixOfNothing) {
            assertThat(ranges).isEmpty();
        } else {
            assertThat(ranges.orElseThrow().stream().map(ByteRangesTest::bytes)).isEqualTo(wanted);
        }
    }

    @Provide
    Arbitrary<List<int[]>> specs() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 50);
        Arbitrary<int[]> closed = Combinators.combine(
                        number, Arbitraries.integers().between(0, 8))
                .as((first, more) -> new int[] {first, first + more});
        return Arbitraries.oneOf(
                        closed, closed, closed, closed, number.map(first -> new int[] {first, -1}), number.map(count ->
                                new int[] {-1, count}))
                .list()
                .ofMinSize(1)
                .ofMaxSize(18);
    }

    private static BitSet bytes(ByteRange range) {
        BitSet bytes = new BitSet();
        bytes.set((int) range.first(), (int) range.last() + 1);
        return bytes;
    }

    private static String everyOtherByte(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> 2 * i + "-" + 2 * i)
                .collect(Collectors.joining(",", "bytes=", ""));
    }

    private static String read(String field, long length) {
        return ByteRanges.of(field, length)
                .map(ranges -> ranges.isEmpty()
                        ? "none"
                        : ranges.stream()
                                .map(range -> range.first() + "-" + range.last())
                                .collect(Collectors.joining(" ")))
                .orElse("all");
    }
}
