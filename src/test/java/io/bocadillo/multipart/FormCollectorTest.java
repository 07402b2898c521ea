package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormCollectorTest {

    private static final int MEMORY = 20;
    private static final int THRESHOLD = 10;

    @TempDir
    Path temporary;

    private static String field(String name, String content) {
        return part("name=\"" + name + "\"", content);
    }

    private static String file(String name, String fileName, String content) {
        return part("name=\"" + name + "\"; filename=\"" + fileName + "\"", content);
    }

    private static String part(String parameters, String content) {
        return "--B\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\n" + content + "\r\n";
    }

    private FormCollector collect(String... parts) throws IOException {
        FormCollector collector = new FormCollector(MEMORY, THRESHOLD, temporary);
        try {
            MultipartParser parser = new MultipartParser("B", Reading.ENDLESS, collector);
            // Byte by byte, as the slowest client sends.
            for (byte b : (String.join("", parts) + "--B--").getBytes(ISO_8859_1)) {
                parser.feed(ByteBuffer.wrap(new byte[] {b}));
            }
            parser.end();
            return collector;
        } catch (IOException | RuntimeException failed) {
            collector.close();
            throw failed;
        }
    }

    private int filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return (int) files.count();
        }
    }

    private static String content(FilePart file) {
        try (InputStream content = file.content().open()) {
            return new String(content.readAllBytes(), ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(filesOnDisk()).isZero();
    }

    @Test
    void fieldsAndFilesAreKeptInTheirOrder() throws IOException {
        try (FormCollector form = collect(
                field("b", "1"),
                file("f", "x", "small"),
                field("a", "2"),
                field("b", ""),
                file("f", "y", "l".repeat(11)))) {
            assertThat(form.fields()).containsExactly(Map.entry("b", List.of("1", "")), Map.entry("a", List.of("2")));
            assertThat(form.files())
                    .extracting(file -> file.name(), file -> file.fileName(), FormCollectorTest::content)
                    .containsExactly(tuple("f", "x", "small"), tuple("f", "y", "l".repeat(11)));
            assertThat(filesOnDisk()).isOne();
        }
    }

    @Test
    void aFileThatWasNotChosenIsNone() throws IOException {
        try (FormCollector form = collect(file("f", "", ""), file("f", "", "x"), file("f", "a", ""))) {
            assertThat(form.files())
                    .extracting(file -> file.fileName(), file -> file.content().size())
                    .containsExactly(tuple("", 1L), tuple("a", 0L));
        }
    }

    @Test
    void textIsInTheCharsetOfThePartElseOfTheFormElseInUtf8() throws IOException {
        String latin1 = part("name=c\r\nContent-Type: text/plain; charset=\"iso-8859-1\"", "\u00e9");
        try (FormCollector form = collect(latin1, field("u", "\u00c3\u00a9"))) {
            assertThat(form.fields()).containsEntry("c", List.of("é")).containsEntry("u", List.of("é"));
        }
        try (FormCollector form = collect(field("a", "\u00e9"), field("_charset_", "windows-1252"))) {
            assertThat(form.fields()).containsEntry("a", List.of("é"));
        }
    }

    @Test
    void malformedTextIsRefused() throws IOException {
        try (FormCollector form = collect(field("a", "\u00e9"))) {
            assertThatExceptionOfType(MultipartException.class)
                    .isThrownBy(form::fields)
                    .withMessage("field 'a': expected UTF-8 text, got bytes that are none. Give files a filename.")
                    .returns(400, MultipartException::status);
        }
        try (FormCollector form = collect(field("_charset_", "\u00e9"))) {
            assertThatExceptionOfType(MultipartException.class)
                    .isThrownBy(form::fields)
                    .returns(400, MultipartException::status);
        }
        for (String charset : List.of("", "no-such", "\"")) {
            try (FormCollector form = collect(field("_charset_", charset))) {
                assertThatExceptionOfType(MultipartException.class)
                        .isThrownBy(form::fields)
                        .returns(415, MultipartException::status);
            }
        }
    }

    @Test
    void fieldsFitIntoMemoryOrAreRefused() throws IOException {
        collect(field("a", "x".repeat(MEMORY - 1)), field("b", "x")).close();
        assertThatExceptionOfType(MultipartException.class)
                .isThrownBy(() -> collect(file("f", "f", "123"), field("a", "x".repeat(MEMORY)), field("b", "x")))
                .withMessage("field 'b': expected at most 20 bytes of fields, got more. Send a file.")
                .returns(413, MultipartException::status);
    }

    @Test
    void filesMakeRoomForFields() throws IOException {
        try (FormCollector form = collect(
                file("f", "1", "1".repeat(10)), file("f", "2", "2".repeat(10)), field("a", "x".repeat(MEMORY)))) {
            assertThat(filesOnDisk()).isEqualTo(2);
            assertThat(form.files())
                    .extracting(FormCollectorTest::content)
                    .containsExactly("1".repeat(10), "2".repeat(10));
            assertThat(form.fields()).containsEntry("a", List.of("x".repeat(MEMORY)));
        }
    }

    @Test
    void filesBeyondTheMemoryGoToDisk() throws IOException {
        try (FormCollector form =
                collect(field("a", "x".repeat(15)), file("f", "1", "12345"), file("f", "2", "1"), file("f", "3", ""))) {
            assertThat(filesOnDisk()).isOne();
            assertThat(form.files()).extracting(FormCollectorTest::content).containsExactly("12345", "1", "");
        }
    }

    @Test
    void aDocumentThatFailsMidwayLeavesNothingBehind() {
        assertThatThrownBy(() -> collect(file("f", "1", "1".repeat(11)), file("f", "2", "2".repeat(11)), "--B?"))
                .isInstanceOf(MultipartException.class);
    }

    @Test
    void aDiskThatFailsMidwayLeavesNothingBehind() throws IOException {
        try (FormCollector form = new FormCollector(0, 0, temporary)) {
            form.part(new PartHead("f", "1", null, List.of()));
            form.data(ByteBuffer.wrap(new byte[3]));
            form.endOfPart();
            form.part(new PartHead("f", "2", null, List.of()));
            form.data(ByteBuffer.wrap(new byte[3]));
            assertThat(filesOnDisk()).isEqualTo(2);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClosedByInterruptException.class)
                    .isThrownBy(() -> form.data(ByteBuffer.wrap(new byte[3])));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aFileThatCanNotBeDeletedDoesNotKeepTheOthers() throws IOException {
        FormCollector form =
                collect(file("f", "1", "1".repeat(11)), file("f", "2", "2".repeat(11)), file("f", "3", "3".repeat(11)));
        List<Path> stuck;
        try (Stream<Path> files = Files.list(temporary)) {
            stuck = files.limit(2).toList();
        }
        for (Path file : stuck) {
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));
        }
        assertThatExceptionOfType(DirectoryNotEmptyException.class)
                .isThrownBy(form::close)
                .satisfies(failed -> assertThat(failed.getSuppressed()).hasSize(1));
        assertThat(filesOnDisk()).isEqualTo(2);
        for (Path file : stuck) {
            Files.delete(file.resolve("in the way"));
            Files.delete(file);
        }
    }

    @Test
    void onceClosedItTakesNothingMore() throws IOException {
        FormCollector form = new FormCollector(MEMORY, THRESHOLD, temporary);
        PartHead head = new PartHead("f", "1", null, List.of());
        form.part(head);
        form.close();
        assertThatIllegalStateException().isThrownBy(() -> form.data(ByteBuffer.wrap(new byte[11])));
        assertThatIllegalStateException().isThrownBy(() -> form.part(head));
    }

    @Test
    void itTellsWhetherItsEndTouchesTheDisk() throws IOException {
        try (FormCollector form = collect(field("a", "1"), file("f", "x", "small"))) {
            assertThat(form.isOnDisk()).isFalse();
        }
        FormCollector form = collect(file("f", "x", "l".repeat(11)), file("g", "y", "small"));
        assertThat(form.isOnDisk()).isTrue();
        form.close();
        assertThat(form.isOnDisk()).isFalse();
        try (FormCollector half = new FormCollector(MEMORY, THRESHOLD, temporary)) {
            half.part(new PartHead("f", "1", null, List.of()));
            half.data(ByteBuffer.wrap(new byte[11]));
            assertThat(half.isOnDisk()).isTrue();
        }
    }
}
