package io.bocadillo.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

/** Compares the answers to any ranges with slices of the file, by a reader of multipart bodies of its own. */
class FileAnswerPropertyTest {

    private Path file;

    @BeforeProperty
    void create() throws IOException {
        file = Files.createTempFile("ranges", ".txt");
    }

    @AfterProperty
    void delete() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void anyRangesAreSlicesOfTheFileAndTheLengthIsRight(
            @ForAll @IntRange(max = 100_000) int length, @ForAll("ranges") String ranges) throws IOException {
        String content = content(length);
        Files.writeString(file, content, ISO_8859_1);
        FileAnswer answer = FileAnswer.of(
                Representation.of(file, "text/plain"),
                "GET",
                name -> name.equals("Range") ? List.of("bytes=" + ranges) : List.of());
        String body = new String(Pieces.all(answer.body(Runnable::run)), ISO_8859_1);
        assertThat(answer.length()).isEqualTo(body.length());
        String type = answer.headers().getOrDefault("Content-Type", "");
        if (answer.status() == 200) {
            assertThat(body).isEqualTo(content);
        } else if (answer.status() == 416) {
            assertThat(body).isEmpty();
        } else if (type.startsWith("multipart/byteranges")) {
            List<String> parts = parts(body, type.replace("multipart/byteranges; boundary=", ""));
            assertThat(parts).hasSizeBetween(2, 16);
            parts.forEach(part -> assertIsSlice(part, content));
        } else {
            assertThat(body).isEqualTo(slice(answer.headers().get("Content-Range"), content));
        }
    }

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 110_000);
        Arbitrary<String> closed = Combinators.combine(
                        number, Arbitraries.integers().between(0, 40_000))
                .as((first, more) -> first + "-" + (first + more));
        Arbitrary<String> any = Arbitraries.oneOf(
                        closed, number.map(first -> first + "-"), number.map(count -> "-" + count))
                .list()
                .ofMinSize(1)
                .ofMaxSize(17)
                .map(specs -> String.join(",", specs));
        return Arbitraries.oneOf(any, disjointRanges());
    }

    private static Arbitrary<String> disjointRanges() {
        return Arbitraries.integers()
                .between(0, 40_000)
                .set()
                .ofMinSize(2)
                .ofMaxSize(34)
                .map(ends -> {
                    List<Integer> sorted = ends.stream().sorted().toList();
                    List<String> specs = new ArrayList<>();
                    for (int i = 0; i + 1 < sorted.size(); i += 2) {
                        specs.add(sorted.get(i) + "-" + sorted.get(i + 1));
                    }
                    return specs;
                })
                .flatMap(specs -> Arbitraries.shuffle(specs))
                .map(specs -> String.join(",", specs));
    }

    /** Every four bytes differ from those around them, line breaks and dashes are among them. */
    private static String content(int length) {
        StringBuilder content = new StringBuilder(length + 4);
        for (int i = 0; content.length() < length; i++) {
            content.append((char) (i & 0xFF)).append((char) (i >> 8 & 0xFF)).append("\r\n--", i % 3, i % 3 + 2);
        }
        content.setLength(length);
        return content.toString();
    }

    /** A reader of multipart bodies after RFC 2046, section 5.1.1. */
    private static List<String> parts(String body, String boundary) {
        String delimiter = "\r\n--" + boundary;
        String text = "\r\n" + body;
        assertThat(text).startsWith(delimiter + "\r\n").endsWith(delimiter + "--\r\n");
        List<String> parts = new ArrayList<>();
        int start = delimiter.length() + 2;
        for (int end = text.indexOf(delimiter, start); end >= 0; end = text.indexOf(delimiter, start)) {
            parts.add(text.substring(start, end));
            start = end + delimiter.length() + 2;
        }
        assertThat(start).isEqualTo(text.length() - 2);
        return parts;
    }

    private static void assertIsSlice(String part, String content) {
        int end = part.indexOf("\r\n\r\n");
        String[] fields = part.substring(0, end).split("\r\n");
        assertThat(fields).hasSize(2).contains("Content-Type: text/plain");
        String range = fields[1].substring("Content-Range: ".length());
        assertThat(part.substring(end + 4)).isEqualTo(slice(range, content));
    }

    private static String slice(@Nullable String contentRange, String content) {
        assertThat(contentRange).matches("bytes [0-9]+-[0-9]+/" + content.length());
        String[] numbers = String.valueOf(contentRange).split("[ /-]");
        return content.substring(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]) + 1);
    }
}
