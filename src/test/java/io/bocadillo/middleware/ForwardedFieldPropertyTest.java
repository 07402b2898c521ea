package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ForwardedFieldPropertyTest {

    record Element(String text, Hop hop) {}

    @Provide
    Arbitrary<Element> elements() {
        Arbitrary<String> address = Arbitraries.of("192.0.2.1", "2001:db8::1");
        Arbitrary<String> port = Arbitraries.of("", ":80", ":_x");
        Arbitrary<String> noise = Arbitraries.strings()
                .withChars(" ,;=\"\\abc")
                .ofMaxLength(8)
                .map(text -> ";x=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        return Combinators.combine(address, port, noise, Arbitraries.of("http", "https"))
                .as((ip, suffix, x, proto) -> new Element(
                        "for=\"" + (ip.contains(":") ? "[" + ip + "]" : ip) + suffix + "\"" + x + ";proto=" + proto,
                        new Hop(ip, proto, null)));
    }

    @Property
    void whatIsWellFormedIsReadFromItsEnd(@ForAll List<@From("elements") Element> elements) {
        String field = elements.stream().map(Element::text).collect(Collectors.joining(", "));
        List<Hop> expected = new ArrayList<>(elements.stream().map(Element::hop).toList());
        Collections.reverse(expected);
        assertThat(ForwardedField.hops(List.of(field))).isEqualTo(expected);
    }

    @Property
    void whateverAClientHasWrittenBeforeItTheLastElementIsThatOfTheProxy(
            @ForAll("elements") Element element, @ForAll("garbage") String garbage) {
        assertThat(ForwardedField.hops(List.of(garbage + ", " + element.text())).get(0))
                .isEqualTo(element.hop());
        assertThat(ForwardedField.hops(List.of(garbage, element.text())).get(0)).isEqualTo(element.hop());
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.strings().withChars(" ,;=\"\\[]:.for192x").ofMaxLength(30);
    }
}
