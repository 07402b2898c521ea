package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.multipart.PartHead.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {

    private static final String A = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";

    private static String document(String... parts) {
        return "--B\r\n" + String.join("\r\n--B\r\n", parts) + "\r\n--B--\r\n";
    }

    private static Reading read(String document) {
        return Reading.of("B", document);
    }

    @Test
    void aFormAsBrowsersSendItIsReadPartByPart() {
        Reading form = Reading.of("----WebKitFormBoundaryx7", Reading.ENDLESS, """
                ------WebKitFormBoundaryx7
                Content-Disposition: form-data; name="Straße"

                a
                b
                ------WebKitFormBoundaryx7
                Content-Disposition: form-data; name="me"; filename="ich & du.png"
                Content-Type: image/png

                \u0000--\u0001
                ------WebKitFormBoundaryx7--
                """.replace("\n", "\r\n")
                .getBytes(UTF_8));
        assertThat(form)
                .isEqualTo(new Reading(
                        List.of(
                                new Reading.Part(
                                        new PartHead(
                                                "Straße",
                                                null,
                                                null,
                                                List.of(new Header(
                                                        "Content-Disposition", "form-data; name=\"Straße\""))),
                                        "a\r\nb"),
                                new Reading.Part(
                                        new PartHead(
                                                "me",
                                                "ich & du.png",
                                                "image/png",
                                                List.of(
                                                        new Header(
                                                                "Content-Disposition",
                                                                "form-data; name=\"me\"; filename=\"ich & du.png\""),
                                                        new Header("Content-Type", "image/png"))),
                                        "\0--\u0001")),
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--B--",
                "--B--\r",
                "--B--\r\n",
                "--B-- \t",
                "--B-- \r\nepilogue",
                "preamble\r\n--B--",
                "\r\n--B--"
            })
    void aDocumentMayHaveNoParts(String document) {
        assertThat(read(document)).isEqualTo(new Reading(List.of(), null));
    }

    @Test
    void preambleAndEpilogueAreIgnored() {
        assertThat(read("--A\r\n--\r\n -B\r\n" + document(A + "1") + "--B\r\n" + A + "2"))
                .isEqualTo(read(document(A + "1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "\r", "\r\n", "\r\n--", "\r\n--A", "--B", "\n--B", " \r\n --B", "\r\r\n\r\n-", "B--"})
    void whatIsNoDelimiterIsContent(String content) {
        assertThat(read(document(A + "x" + content, A + "x" + content)).parts())
                .extracting(Reading.Part::content)
                .containsExactly("x" + content, "x" + content);
    }

    @Test
    void aDelimiterMayFollowTheEmptyLineAtOnce() {
        assertThat(read("--B\r\n" + A + "--B--").parts())
                .extracting(Reading.Part::content)
                .containsExactly("");
        assertThat(read("--B\r\n" + A + "--A\r\n--B--").parts())
                .extracting(Reading.Part::content)
                .containsExactly("--A");
    }

    @Test
    void whiteSpaceMayPadTheLineOfADelimiter() {
        assertThat(read("--B \t\r\n" + A + "1\r\n--B--\t ")).isEqualTo(read(document(A + "1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B",
                "--",
                "--B",
                "--B-",
                "--B\r",
                "--B\r\n",
                "--B\r\nContent-Disposition: f",
                "--B\r\n\r\n--B"
            })
    void aDocumentThatIsCutOffIsMalformed(String document) {
        assertThat(read(document).refusal()).startsWith("400 ");
        assertThat(read("--B\r\n" + A + "abc" + document).refusal()).startsWith("400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--BB\r\n", "--B-\r\n", "--B -- \r\n", "--B---", "--B--x", "--B\n", "--B\rx", "--B- -", "--B\0"})
    void nothingElseMayStandOnTheLineOfADelimiter(String line) {
        assertThat(read(line + A + "1\r\n--B--").refusal())
                .isEqualTo("400 multipart: expected CRLF or '--' after the boundary, got another byte.");
        assertThat(read("--B\r\n" + A + "1\r\n" + line).refusal())
                .isEqualTo("400 multipart: expected CRLF or '--' after the boundary, got another byte.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 413 multipart: expected at most 0 parts, got more.",
                "1 | 0 | 413 multipart: expected at most 1 parts, got more.",
                "2 | 0 | 413 part 'a': expected at most 0 bytes, got more.",
                "2 | 3 | 413 part 'a': expected at most 3 bytes, got more.",
                "2 | 4 | ",
            })
    void theNumberOfPartsAndTheirSizeAreLimited(int parts, long size, String refusal) {
        byte[] document = document(A + (parts < 2 ? "" : "12"), A + (parts < 2 ? "" : "1234"))
                .getBytes(ISO_8859_1);
        Limits limits = new Limits(parts, size, 100, 100);
        assertThat(Reading.of("B", limits, document).refusal()).isEqualTo(refusal);
        assertThat(Reading.of("B", limits, document, everywhere(document)).refusal())
                .isEqualTo(refusal);
    }

    @Test
    void theHeadOfAPartIsLimited() {
        byte[] document = document(A, A).getBytes(ISO_8859_1);
        assertThat(Reading.of("B", new Limits(2, 0, A.length(), 0), document).refusal())
                .isNull();
        assertThat(Reading.of("B", new Limits(2, 0, A.length() - 1, 0), document)
                        .refusal())
                .isEqualTo("431 headers of a part: expected at most " + (A.length() - 1) + " bytes, got more.");
    }

    @Test
    void thePreambleIsLimited() {
        byte[] document = ("12345678\r\n" + document(A)).getBytes(ISO_8859_1);
        assertThat(Reading.of("B", new Limits(2, 0, 100, 8), document).refusal())
                .isNull();
        assertThat(Reading.of("B", new Limits(2, 0, 100, 7), document, everywhere(document))
                        .refusal())
                .isEqualTo("400 multipart: expected the first delimiter within 7 bytes, got none. Begin with it.");
    }

    @Test
    void contentIsASliceOfWhatWasFed() throws IOException {
        List<ByteBuffer> slices = new ArrayList<>();
        MultipartParser parser = new MultipartParser("B", Reading.ENDLESS, new Slices(slices));
        byte[] fed = document(A + "12345").getBytes(ISO_8859_1);
        parser.feed(ByteBuffer.wrap(fed));
        assertThat(slices).hasSize(1).allMatch(slice -> slice.array() == fed);
    }

    @Test
    void itIsOfNoUseAfterItsEnd() throws IOException {
        MultipartParser parser = new MultipartParser("B", Reading.ENDLESS, new Slices(new ArrayList<>()));
        parser.feed(ByteBuffer.wrap("--B--".getBytes(ISO_8859_1)));
        parser.end();
        assertThatIllegalStateException()
                .isThrownBy(() -> parser.feed(ByteBuffer.allocate(0)))
                .withMessageStartingWith("MultipartParser: expected use before its end or failure");
        assertThatIllegalStateException().isThrownBy(parser::end);
    }

    @Test
    void whatItsHandlerThrowsComesOutAndEndsIt() {
        IOException full = new IOException("full");
        MultipartParser parser = new MultipartParser("B", Reading.ENDLESS, new Slices(new ArrayList<>()) {
            @Override
            public void part(PartHead head) throws IOException {
                throw full;
            }
        });
        ByteBuffer document = ByteBuffer.wrap(document(A + "1").getBytes(ISO_8859_1));
        assertThatIOException().isThrownBy(() -> parser.feed(document)).isSameAs(full);
        assertThatIllegalStateException().isThrownBy(() -> parser.feed(document));
    }

    @Test
    void anInvalidBoundaryIsRefused() {
        assertThatThrownBy(() -> new MultipartParser("", Reading.ENDLESS, new Slices(new ArrayList<>())))
                .isInstanceOf(MultipartException.class);
    }

    private static int[] everywhere(byte[] document) {
        return java.util.stream.IntStream.range(0, document.length).toArray();
    }

    private static class Slices implements PartHandler {

        private final List<ByteBuffer> slices;

        Slices(List<ByteBuffer> slices) {
            this.slices = slices;
        }

        @Override
        public void part(PartHead head) throws IOException {}

        @Override
        public void data(ByteBuffer bytes) {
            slices.add(bytes);
        }

        @Override
        public void endOfPart() {}
    }
}
