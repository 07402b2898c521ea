package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Random documents, as bytes that are written as Latin-1 text. */
final class Documents {

    static final List<String> BOUNDARIES = List.of("B", "--", "BB", "-B-B-", "----WebKitFormBoundaryAaB03x", "a b'()+");

    private static final String ALPHABET = "B-\r\n a\0\u00ff";

    private Documents() {}

    /** A part as a client knows it. */
    record Given(String name, @Nullable String fileName, String content) {

        String written() {
            String file = fileName == null ? "" : "; filename=\"" + escaped(fileName) + "\"\r\nContent-Type: a/b";
            String head = "Content-Disposition: form-data; name=\"" + escaped(name) + "\"" + file;
            return new String(head.getBytes(UTF_8), ISO_8859_1) + "\r\n\r\n" + content;
        }

        private static String escaped(String text) {
            return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        }
    }

    /** Parts and a boundary that occurs in none of them. */
    record Form(String boundary, List<Given> parts, String preamble, String epilogue) {

        String written() {
            StringBuilder document = new StringBuilder(preamble);
            for (Given part : parts) {
                document.append("--").append(boundary).append("\r\n").append(part.written());
                document.append("\r\n");
            }
            return document.append("--")
                    .append(boundary)
                    .append("--")
                    .append(epilogue)
                    .toString();
        }
    }

    static Arbitrary<Form> forms() {
        Arbitrary<String> preambles = Arbitraries.of("", "\r\n", "a\r\n", "--\r\n--\r\r\n", "-\r\n\r\n");
        Arbitrary<String> epilogues = Arbitraries.of("", "\r\n", " \t\r\n", "\r\n--B\r\n", "\r\na\0");
        return Combinators.combine(Arbitraries.of(BOUNDARIES), parts().list().ofMaxSize(5), preambles, epilogues)
                .as(Form::new)
                .filter(form -> form.parts().stream()
                        .noneMatch(part -> ("\r\n" + part.content()).contains("\r\n--" + form.boundary())));
    }

    private static Arbitrary<Given> parts() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "\"", "\r\n", "%", ";", "=", "é", "🌮", "22", " ")
                .list()
                .ofMaxSize(6)
                .map(list -> String.join("", list))
                .filter(name -> !name.contains("%22"));
        Arbitrary<String> contents = Arbitraries.oneOf(
                Arbitraries.strings().withChars(ALPHABET).ofMaxLength(30),
                Arbitraries.of("\r\n--", "\r\n--A", "--B", "\r\n-", "\r\r\n--", "x")
                        .list()
                        .ofMaxSize(4)
                        .map(list -> String.join("", list)),
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(200));
        return Combinators.combine(
                        names,
                        names.filter(n -> !n.contains("\r") && !n.contains("\n"))
                                .injectNull(0.5),
                        contents)
                .as(Given::new);
    }

    /** Text that has the pieces of a document in any order. */
    static Arbitrary<String> garbage() {
        return Arbitraries.of(
                        "--B",
                        "--B",
                        "\r\n",
                        "\r\n",
                        "\r\n--B",
                        "\r\n--B\r\n",
                        "--B--",
                        "--",
                        "\r",
                        "\n",
                        " ",
                        "\t",
                        "B",
                        "a",
                        ":",
                        ";",
                        "\0",
                        "\u00e9",
                        "\u00c3\u00a9",
                        "=",
                        "\"",
                        "\\",
                        "Content-Disposition: form-data; name=\"a\"\r\n",
                        "Content-Disposition: form-data; name=\"a\"\r\n\r\n",
                        "Content-Type: a/b\r\n",
                        "X: 1\r\n",
                        "\r\n\r\n",
                        "; filename=\"",
                        "x".repeat(40))
                .list()
                .ofMaxSize(25)
                .map(pieces -> String.join("", pieces));
    }

    /** A document in which a few bytes have been lost, changed, doubled or exchanged for a piece of another. */
    static Arbitrary<String> mutated() {
        Arbitrary<String> documents =
                forms().map(form -> new Form("B", form.parts(), form.preamble(), form.epilogue()).written());
        Arbitrary<String> pieces =
                Arbitraries.of("", "\r", "\n", "\r\n", "-", "--B", "\r\n--B", "B", " ", "\0", "\u0080", ":", "\"");
        return Combinators.combine(
                        documents,
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 3),
                        pieces)
                .as((document, at, lost, piece) -> {
                    int start = Math.min(at, document.length());
                    int end = Math.min(start + lost, document.length());
                    return document.substring(0, start) + piece + document.substring(end);
                });
    }
}
