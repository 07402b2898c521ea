package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    private static final List<String> NAMES =
            List.of("Accept", "accept", "ACCEPT", "Link", "link", "X-A", "Y-A", "X-^", "X-~");

    /** One change, made to the headers and to a plain list of pairs. */
    private record Change(
            String name, Consumer<Headers> onHeaders, Consumer<List<Map.Entry<String, String>>> onModel) {}

    private final Headers headers = new Headers();

    @Test
    void namesCompareWithoutRegardToCase() {
        headers.add("Content-Type", "text/html");
        assertThat(headers.get("content-TYPE")).isEqualTo("text/html");
        assertThat(headers.contains("CONTENT-TYPE")).isTrue();
        assertThat(headers.all("content-type")).containsExactly("text/html");
    }

    @Test
    void whatIsNotThereIsNullAndEmpty() {
        assertThat(headers.get("Accept")).isNull();
        assertThat(headers.all("Accept")).isEmpty();
        assertThat(headers.contains("Accept")).isFalse();
        assertThat(headers.isEmpty()).isTrue();
    }

    @Test
    void addKeepsEveryFieldInItsOrder() {
        headers.add("Link", "</a>").add("Accept", "x").add("link", "</b>");
        assertThat(headers.all("Link")).containsExactly("</a>", "</b>");
        assertThat(headers).hasToString("Link: </a>\nAccept: x\nlink: </b>\n");
    }

    @Test
    void setReplacesTheFirstInItsPlaceAndRemovesTheOthers() {
        headers.add("Link", "</a>").add("Accept", "x").add("link", "</b>").set("LINK", "</c>");
        assertThat(headers).hasToString("Link: </c>\nAccept: x\n");
    }

    @Test
    void removeTakesEveryFieldOfThatName() {
        headers.add("Link", "</a>").add("Accept", "x").add("link", "</b>").remove("LINK");
        assertThat(headers).hasToString("Accept: x\n");
        assertThat(headers.remove("Accept").isEmpty()).isTrue();
    }

    @Test
    void copyToSetsTheFirstOfEachNameAndAddsTheOthers() {
        headers.add("Link", "</a>").add("Accept", "x").add("link", "</b>");
        List<String> calls = new ArrayList<>();
        headers.copyTo(
                (name, value) -> calls.add("set " + name + value), (name, value) -> calls.add("add " + name + value));
        assertThat(calls).containsExactly("set Link</a>", "set Acceptx", "add link</b>");
    }

    @Test
    void allIsAnUnmodifiableSnapshot() {
        headers.add("Link", "</a>");
        List<String> links = headers.all("Link");
        headers.add("Link", "</b>");
        assertThat(links).containsExactly("</a>");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> links.add("</c>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nSet-Cookie: x=1", "a\n", "a\r", "\0", "\u007f", "\u001b[0m", "caf\u0100", "\u010A", "🌮"})
    void aValueThatCouldBreakTheLineIsRefused(String value) {
        for (Consumer<String> change :
                List.<Consumer<String>>of(v -> headers.add("X-A", v), v -> headers.set("X-A", v))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> change.accept(value))
                    .withMessageMatching("header X-A: expected visible Latin-1 characters, got '[ -~]*'\\."
                            + " Encode the value, for instance with percent-encoding\\.");
        }
        headers.add("X-A", "good");
        assertThatIllegalArgumentException().isThrownBy(() -> headers.set("X-A", value));
        assertThat(headers).hasToString("X-A: good\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "caf\u00e9", "\"quoted\", <b>", "  spaced  "})
    void anyOtherValueIsTaken(String value) {
        assertThat(headers.set("X-A", value).get("X-A")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X A", "X-A:", "X\r\nY", "X\u00c4", "(X)", "X/Y"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> headers.add(name, "x"))
                .withMessageMatching(
                        "header: expected a name that is a token \\(RFC 9110, section 5\\.1\\), got '[ -~]*'\\."
                                + " Use letters, digits and '-'\\.");
        assertThatIllegalArgumentException().isThrownBy(() -> headers.set(name, "x"));
        assertThat(headers.isEmpty()).isTrue();
    }

    @Test
    void everyTokenCharacterIsTakenInAName() {
        String name = "azAZ09!#$%&'*+-.^_`|~";
        assertThat(headers.add(name, "x").get(name)).isEqualTo("x");
    }

    @Test
    void receivedFieldsAreTakenAsTheServerReadThem() {
        Headers received = Headers.received().add("X A", "caf\u0100");
        assertThat(received.get("x a")).isEqualTo("caf\u0100");
    }

    @Test
    void addAllTakesOverEveryField() {
        headers.add("X-A", "1");
        headers.addAll(new Headers().add("X-A", "2").add("X-B", "3"));
        assertThat(headers).hasToString("X-A: 1\nX-A: 2\nX-B: 3\n");
    }

    @Test
    void frozenOnesRefuseEveryChange() {
        headers.add("X-A", "1").freeze();
        List<Consumer<Headers>> changes = List.of(
                frozen -> frozen.add("X-B", "2"),
                frozen -> frozen.set("X-A", "2"),
                frozen -> frozen.remove("X-A"),
                frozen -> frozen.returnTo(Headers.Mark.NOTHING));
        assertThat(changes)
                .allSatisfy(change -> assertThatIllegalStateException()
                        .isThrownBy(() -> change.accept(headers))
                        .withMessageContaining("headers: expected a change before they are final, got one after."));
        assertThat(headers).hasToString("X-A: 1\n");
    }

    @Test
    void aCopyIsIndependent() {
        headers.add("X-A", "1").freeze();
        Headers copy = headers.copy().add("X-B", "2");
        headers.forEach((name, value) -> assertThat(name).isEqualTo("X-A"));
        assertThat(copy).hasToString("X-A: 1\nX-B: 2\n");
    }

    @Property
    void theyBehaveLikeAListOfPairs(@ForAll("changes") List<Change> changes) {
        Headers fields = new Headers();
        List<Map.Entry<String, String>> model = new ArrayList<>();
        for (Change change : changes) {
            change.onHeaders().accept(fields);
            change.onModel().accept(model);
            List<Map.Entry<String, String>> actual = new ArrayList<>();
            fields.forEach((name, value) -> actual.add(Map.entry(name, value)));
            assertThat(actual).isEqualTo(model);
            for (String name : NAMES) {
                List<String> values = model.stream()
                        .filter(field -> field.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .toList();
                assertThat(fields.all(name)).isEqualTo(values);
                assertThat(fields.get(name)).isEqualTo(values.isEmpty() ? null : values.get(0));
                assertThat(fields.contains(name)).isEqualTo(!values.isEmpty());
            }
        }
    }

    @Property
    void aMarkStaysWhateverChangesAfterIt(@ForAll("changes") List<Change> changes) {
        Headers fields = new Headers();
        Map<Headers.Mark, String> marks = new IdentityHashMap<>();
        for (Change change : changes) {
            change.onHeaders().accept(fields);
            marks.put(fields.mark(), fields.toString());
        }
        marks.forEach((mark, text) -> {
            assertThat(returned(mark)).hasToString(text);
            assertThat(returned(mark).add("X-Later", "1")).hasToString(text + "X-Later: 1\n");
            assertThat(returned(mark)).hasToString(text);
        });
    }

    private static Headers returned(Headers.Mark mark) {
        Headers fields = new Headers().add("X-Other", "1");
        fields.returnTo(mark);
        return fields;
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> names = Arbitraries.of(NAMES);
        Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(4);
        Arbitrary<Change> adds = Combinators.combine(names, values)
                .as((name, value) -> new Change(
                        name, fields -> fields.add(name, value), model -> model.add(Map.entry(name, value))));
        Arbitrary<Change> sets = Combinators.combine(names, values)
                .as((name, value) ->
                        new Change(name, fields -> fields.set(name, value), model -> set(model, name, value)));
        Arbitrary<Change> removals = names.map(name -> new Change(
                name,
                fields -> fields.remove(name),
                model -> model.removeIf(field -> field.getKey().equalsIgnoreCase(name))));
        return Arbitraries.oneOf(adds, adds, sets, removals).list().ofMaxSize(30);
    }

    private static void set(List<Map.Entry<String, String>> model, String name, String value) {
        for (int i = 0; i < model.size(); i++) {
            if (model.get(i).getKey().equalsIgnoreCase(name)) {
                String first = model.get(i).getKey();
                model.subList(i + 1, model.size())
                        .removeIf(field -> field.getKey().equalsIgnoreCase(name));
                model.set(i, Map.entry(first, value));
                return;
            }
        }
        model.add(Map.entry(name, value));
    }

    @Test
    void copyToOtherHeadersReplacesThoseOfTheSameName() {
        headers.add("Link", "</a>").add("X-A", "1").add("link", "</b>").add("LINK", "</c>");
        Headers others =
                new Headers().add("LINK", "</old>").add("link", "</older>").add("X-B", "2");
        headers.copyTo(others::set, others::add);
        assertThat(others.all("Link")).containsExactly("</a>", "</b>", "</c>");
        assertThat(others.all("X-A")).containsExactly("1");
        assertThat(others.all("X-B")).containsExactly("2");
    }

    @Property
    void copyToEmptyHeadersCopies(@ForAll("changes") List<Change> changes) {
        Headers source = new Headers();
        changes.forEach(change -> change.onHeaders().accept(source));
        for (Headers same : List.of(source, source.copy(), returned(source.mark()))) {
            Headers copy = new Headers();
            same.copyTo(copy::set, copy::add);
            assertThat(copy).hasToString(source.toString());
        }
    }
}
