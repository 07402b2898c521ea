package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.multipart.PartHead.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartHeadTest {

    private static Reading read(String lines) {
        return Reading.of("B", Reading.ENDLESS, ("--B\r\n" + lines + "\r\n\r\n1\r\n--B--\r\n").getBytes(UTF_8));
    }

    private static PartHead head(String lines) {
        Reading reading = read(lines);
        assertThat(reading.refusal()).isNull();
        return reading.parts().get(0).head();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"a\" | a",
                "form-data; name=a | a",
                "FORM-DATA;NAME=a/b; | a/b",
                "form-data ; name=\"\" | ``",
                "form-data; name=\"a;b=c\" | a;b=c",
                "form-data; other=x; name=\"é🌮\" | é🌮",
                "form-data; name=\"a%22b%25%2\" | a\"b%25%2",
                "form-data; name=\"a\\\"b\\\\c\\d\" | a\"b\\c\\d",
                "form-data; name=\" a \" | ` a `",
            })
    void theNameIsReadAsBrowsersAndCurlWriteIt(String disposition, String name) {
        assertThat(head("Content-Disposition: " + disposition))
                .extracting(PartHead::name, PartHead::fileName)
                .containsExactly(name, null);
    }

    @Test
    void lineBreaksInANameAreUnescaped() {
        assertThat(head("Content-Disposition: form-data; name=\"a%0D%0Ab%0d%0a\"")
                        .name())
                .isEqualTo("a\r\nb\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"a.txt\" | a.txt",
                "filename=a.txt | a.txt",
                "filename=\"\" | ``",
                "filename=\"../../../../etc/pwn.txt\" | pwn.txt",
                "filename=\"C:\\Users\\me\\a.txt\" | a.txt",
                "filename=\"C:\\\\Users\\\\a.txt\" | a.txt",
                "filename=\"/etc/passwd\" | passwd",
                "filename=\"a/..\\b/c\" | c",
                "filename=\"dir/\" | ``",
                "filename=\".\" | ``",
                "filename=\"..\" | ``",
                "filename=\"a/..\" | ``",
                "filename=\"%0D.%0A.\" | ``",
                "filename=\"...\" | ...",
                "filename=\"a%22b%0D%0A.txt\" | a\"b.txt",
                "filename=\"100%.txt\" | 100%.txt",
                "filename=\"%2e%2e%2fa\" | %2e%2e%2fa",
                "filename=\"é🌮.txt\" | é🌮.txt",
                "filename*=UTF-8''%c3%a9%2Fb.txt | b.txt",
                "filename*=utf-8'en'%c3%a9.txt | é.txt",
                "filename*=iso-8859-1''%e9.txt | é.txt",
                "filename*=UTF-8''b; filename=a | a",
                "filename=a; filename*=broken | a",
            })
    void theFileNameIsItsLastSegment(String parameter, String fileName) {
        assertThat(head("Content-Disposition: form-data; name=f; " + parameter).fileName())
                .isEqualTo(fileName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "attachment; name=a",
                "form-data",
                "form-data; filename=a",
                "form-data; name",
                "form-data; name=",
                "form-data; name=;",
                "form-data; =a",
                "form-data; name=\"a",
                "form-data; name=\"a\\\"",
                "form-data; name=\"a\"b",
                "form-data; name=\"a\" filename=b",
                "form-data; name=a b",
                "form-data; name=a; name=a",
                "form-data; name=a; NAME=b",
                "form-data; name=a; filename=b; filename=c",
                "form-data; name=a; x=1; x=2",
                "form-data; na me=a",
                "form-data, name=a",
                "form-data; name=a; filename*=a",
                "form-data; name=a; filename*=utf-7''a",
                "form-data; name=a; filename*=utf-8''%ff",
                "form-data; name=a; filename*=utf-8''%",
                "\u2003form-data; name=a",
            })
    void aDispositionThatNamesNoFieldIsMalformed(String disposition) {
        assertThat(read("Content-Disposition: " + disposition).refusal())
                .matches("400 Content-Disposition: expected [^\n]+, got '[ -~]*'\\.( [^\n]+\\.)?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: 1",
                "Content-Disposition form-data; name=a",
                " Content-Disposition: form-data; name=a",
                "Content-Disposition : form-data; name=a",
                ": form-data; name=a",
                "Content-Disposition: form-data;\r\n name=a",
                "Content-Disposition: form-data;\r\n\tname=a",
                "Content-Disposition: form-data; name=a\nX: 1",
                "Content-Disposition: form-data; name=a\rX: 1",
                "Content-Disposition: form-data; name=a\r\r\nX: 1",
                "Content-Disposition: form-data; name=\"a\0\"",
                "Content-Disposition: form-data; name=\"a\u0085\"",
                "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=a",
                "Content-Disposition: form-data; name=a\r\ncontent-type: a/b\r\nContent-Type: a/b",
                "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64",
                "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable",
            })
    void aHeadThatReadersCouldReadDifferentlyIsMalformed(String lines) {
        assertThat(read(lines).refusal()).matches("400 [^\n]+: expected [ -~]+\\.");
    }

    @Test
    void headersAreUtf8() {
        byte[] latin1 = "--B\r\nContent-Disposition: form-data; name=\"\u00e9\"\r\n\r\n\r\n--B--"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(Reading.of("B", Reading.ENDLESS, latin1).refusal())
                .isEqualTo("400 header of a part: expected UTF-8, got bytes that are none.");
    }

    @Test
    void otherHeadersAreKeptAsTheyAre() {
        PartHead head = head("X:\t1 \r\nContent-Disposition: form-data; name=a\r\n"
                + "content-type:text/plain\r\nContent-Transfer-Encoding: 8BIT\r\nX:");
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.headers()).contains(new Header("X", "1"), new Header("X", ""));
    }

    @Test
    void thereAre16HeadersAtMost() {
        String disposition = "Content-Disposition: form-data; name=a";
        assertThat(head(disposition + "\r\nX: 1".repeat(15)).headers()).hasSize(16);
        assertThat(read(disposition + "\r\nX: 1".repeat(16)).refusal())
                .isEqualTo("431 headers of a part: expected at most 16 fields, got more.");
    }
}
