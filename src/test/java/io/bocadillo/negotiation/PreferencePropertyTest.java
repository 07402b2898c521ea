package io.bocadillo.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The one parser of {@code Accept} and {@code Accept-Encoding}. */
class PreferencePropertyTest {

    record Written(String value, int weight, String element) {}

    @Property
    void anyTextIsReadWithoutAnError(@ForAll("fields") String field) {
        List<Preference> preferences = Preference.list(List.of(field));
        assertThat(preferences).allSatisfy(preference -> {
            assertThat(preference.value())
                    .isNotBlank()
                    .isEqualTo(preference.value().strip());
            assertThat(preference.weight()).isBetween(0, Preference.HIGHEST);
        });
        assertThat(ContentCodings.choose(List.of(field), List.of("br", "gzip"))).isIn("br", "gzip", "identity");
        MediaRanges.choose(List.of(field), List.of("a/b", "c/d"))
                .ifPresent(chosen -> assertThat(chosen).isIn("a/b", "c/d"));
    }

    @Property
    void whatIsWellFormedIsReadAsItWasWritten(
            @ForAll("lists") List<Written> list, @ForAll @IntRange(max = 3) int spaces) {
        String gap = " ".repeat(spaces);
        String field =
                String.join(gap + "," + gap, list.stream().map(Written::element).toList());
        List<Preference> read = Preference.list(List.of(field));
        assertThat(read.stream().map(Preference::value).toList())
                .isEqualTo(list.stream().map(Written::value).toList());
        assertThat(read.stream().map(Preference::weight).toList())
                .isEqualTo(list.stream().map(Written::weight).toList());
    }

    @Property
    void aMoreSpecificRangeOverrulesTheOthersInAnyOrder(
            @ForAll @IntRange(max = 1000) int exact,
            @ForAll @IntRange(max = 1000) int ofType,
            @ForAll @IntRange(max = 1000) int any,
            @ForAll("orders") List<Integer> order) {
        List<String> ranges = List.of("a/b;q=" + written(exact), "a/*;q=" + written(ofType), "*/*;q=" + written(any));
        String accept = String.join(", ", order.stream().map(ranges::get).toList());
        assertThat(MediaRanges.choose(List.of(accept), List.of("a/b")).isPresent())
                .isEqualTo(exact > 0);
        assertThat(MediaRanges.choose(List.of(accept), List.of("a/c")).isPresent())
                .isEqualTo(ofType > 0);
        assertThat(MediaRanges.choose(List.of(accept), List.of("x/y")).isPresent())
                .isEqualTo(any > 0);
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.shuffle(0, 1, 2);
    }

    @Provide
    Arbitrary<String> fields() {
        Arbitrary<String> pieces = Arbitraries.of(
                "gzip",
                "br",
                "*",
                "*/*",
                "a/b",
                "a/*",
                ";",
                ",",
                "q",
                "=",
                "0.5",
                "0",
                "1",
                "\"",
                "\\",
                " ",
                "identity");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(20).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(40));
    }

    @Provide
    Arbitrary<List<Written>> lists() {
        Arbitrary<String> value = Arbitraries.of("gzip", "BR", "*", "text/html", "application/ld+json", "*/*");
        Arbitrary<String> parameter = Arbitraries.of("", ";level=1", ";a=\"b,c;q=0\"", "; x=\"\\\"\"");
        return Combinators.combine(value, parameter, Arbitraries.integers().between(0, 1000))
                .as((name, more, weight) ->
                        new Written(name.toLowerCase(Locale.ROOT), weight, name + more + ";q=" + written(weight)))
                .list()
                .ofMaxSize(8);
    }

    private static String written(int weight) {
        return weight == 1000 ? "1.000" : String.format(Locale.ROOT, "0.%03d", weight);
    }
}
