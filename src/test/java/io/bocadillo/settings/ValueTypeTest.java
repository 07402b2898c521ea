package io.bocadillo.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "1ms, PT0.001S",
        "250ms, PT0.25S",
        "30s, PT30S",
        "30 s, PT30S",
        "5m, PT5M",
        "2h, PT2H",
        "14d, PT336H",
        "PT30S, PT30S",
        "pt1h30m, PT1H30M",
        "P1D, PT24H",
        "PT0.5S, PT0.5S"
    })
    void aDurationHasAUnit(String text, Duration duration) {
        assertThat(ValueType.DURATION.parser().apply(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "30",
                "s",
                "-5s",
                "PT-5S",
                "1.5s",
                "5S",
                "5M",
                "5 minutes",
                "30s ",
                "1h30m",
                "٣s",
                "999999999999999999d",
                "9999999999999999999s"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> ValueType.DURATION.parser().apply(text)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512B, 512",
        "1K, 1000",
        "1KB, 1000",
        "1kb, 1000",
        "64KiB, 65536",
        "64Ki, 65536",
        "10MB, 10000000",
        "10MiB, 10485760",
        "10 MiB, 10485760",
        "10mib, 10485760",
        "1GB, 1000000000",
        "2GiB, 2147483648",
        "9223372036854775807, 9223372036854775807"
    })
    void aNumberOfBytesMayHaveAUnit(String text, long bytes) {
        assertThat(ValueType.BYTES.parser().apply(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B",
                "-1",
                "1.5MiB",
                "1TiB",
                "1 0",
                "MiB",
                "1iB",
                "9223372036854775808",
                "9007199254740992KiB",
                "٣",
                "1  KB"
            })
    void whatIsNoNumberOfBytesIsRefused(String text) {
        assertThatThrownBy(() -> ValueType.BYTES.parser().apply(text)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"none, 9223372036854775807, none", "NONE, 9223372036854775807, none", "64KiB, 65536, 64KiB", "0, 0, 0"})
    void aLimitMayBeNone(String text, long bytes, String shown) {
        assertThat(ValueType.LIMIT.parser().apply(text)).isEqualTo(bytes);
        assertThat(ValueType.LIMIT.shown().apply(bytes)).isEqualTo(shown);
        assertThatThrownBy(() -> ValueType.LIMIT.parser().apply("no")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> ValueType.BYTES.parser().apply("none")).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 9", "007, 7"})
    void aCountIsInItsRange(String text, int number) {
        assertThat(ValueType.count(1, 9).parser().apply(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "+1", "", "x", "1.0", "99999999999", "2147483648", "٣"})
    void whatIsNoCountOfItsRangeIsRefused(String text) {
        assertThatThrownBy(() -> ValueType.count(1, 9).parser().apply(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCountTellsItsRange() {
        assertThat(ValueType.count(1, 9).expected()).isEqualTo("a whole number from 1 to 9");
        assertThat(ValueType.count(0, Integer.MAX_VALUE).expected()).isEqualTo("a whole number, 0 or more");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "TRUE, true",
        "1, true",
        "yes, true",
        "On, true",
        "false, false",
        "0, false",
        "no, false",
        "off, false"
    })
    void aFlagHasManyNames(String text, boolean flag) {
        assertThat(ValueType.FLAG.parser().apply(text)).isEqualTo(flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " true", "2", "-9", "y", "ja"})
    void whatIsNoFlagIsRefused(String text) {
        assertThatThrownBy(() -> ValueType.FLAG.parser().apply(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aListHasNoEmptyParts() {
        assertThat(ValueType.LIST.parser().apply("a, b c ,,d,")).isEqualTo(List.of("a", "b c", "d"));
        assertThat(ValueType.LIST.parser().apply(" ")).isEmpty();
        assertThat(ValueType.LIST.shown().apply(List.of("a", "b"))).isEqualTo("a,b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NANOSECONDS", "nanoseconds", "NanoSeconds"})
    void aChoiceIsWrittenInAnyCase(String text) {
        assertThat(ValueType.choice(TimeUnit.class).parser().apply(text)).isEqualTo(TimeUnit.NANOSECONDS);
    }

    private enum Policy {
        SAME_ORIGIN,
        NONE
    }

    @Test
    void aChoiceHasHyphensForUnderscores() {
        ValueType<Policy> type = ValueType.choice(Policy.class);
        assertThat(type.expected()).isEqualTo("one of same-origin, none");
        assertThat(type.parser().apply("same-origin")).isEqualTo(Policy.SAME_ORIGIN);
        assertThat(type.parser().apply("SAME_ORIGIN")).isEqualTo(Policy.SAME_ORIGIN);
        assertThat(type.shown().apply(Policy.SAME_ORIGIN)).isEqualTo("same-origin");
        assertThatThrownBy(() -> type.parser().apply("sameorigin")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0",
        "PT30S, 30s",
        "PT90S, 90s",
        "PT5M, 5m",
        "PT1H, 1h",
        "PT36H, 36h",
        "PT48H, 2d",
        "PT0.25S, 250ms",
        "PT1.5S, 1500ms",
        "PT0.0000005S, PT0.0000005S"
    })
    void aDurationIsShownShort(Duration duration, String text) {
        assertThat(ValueType.DURATION.shown().apply(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1000, 1000",
        "1024, 1KiB",
        "1536, 1536",
        "1048576, 1MiB",
        "1073741824, 1GiB",
        "1099511627776, 1024GiB"
    })
    void bytesAreShownShort(long bytes, String text) {
        assertThat(ValueType.BYTES.shown().apply(bytes)).isEqualTo(text);
    }

    @Property
    void aDurationThatIsShownIsTheSameWhenRead(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        for (Duration duration :
                List.of(Duration.ofSeconds(seconds, nanos), Duration.ofMillis(seconds % 100_000_000))) {
            String shown = ValueType.DURATION.shown().apply(duration);
            assertThat(ValueType.DURATION.parser().apply(shown)).isEqualTo(duration);
        }
    }

    @Property
    void bytesThatAreShownAreTheSameWhenRead(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long bytes, @ForAll @IntRange(max = 40) int shift) {
        for (long size : List.of(bytes, bytes >>> shift << shift, 1L << shift)) {
            String shown = ValueType.BYTES.shown().apply(size);
            assertThat(ValueType.BYTES.parser().apply(shown)).isEqualTo(size);
        }
    }
}
