package io.bocadillo.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data; boundary=B | B",
                "multipart/form-data;boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW | ----WebKitFormBoundary7MA4YWxkTrZu0gW",
                "multipart/form-data; charset=utf-8; BOUNDARY=\"a b\"; | a b",
                "multipart/form-data; boundary=\"'()+_,-./:=?\" | '()+_,-./:=?",
                "multipart/form-data; boundary==_x/y:z | =_x/y:z",
            })
    void itIsAParameterOfTheContentType(String contentType, String boundary) {
        assertThat(Boundary.in(contentType)).isEqualTo(boundary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "multipart/form-data",
                "multipart/form-data;",
                "multipart/form-data; charset=utf-8",
                "multipart/form-data; boundary",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"a ",
                "multipart/form-data; boundary=\"a \"",
                "multipart/form-data; boundary=a b",
                "multipart/form-data; boundary=a; boundary=b",
                "multipart/form-data; boundary=\"a\r\nb\"",
                "multipart/form-data; boundary=é",
                "multipart/form-data; boundary=a*",
            })
    void withoutAValidOneTheDocumentIsRefused(String contentType) {
        assertThatExceptionOfType(MultipartException.class)
                .isThrownBy(() -> Boundary.in(contentType))
                .withMessageMatching("Content-Type: expected [^\n]+, got '[ -~]*'\\.( [^\n]+\\.)?")
                .returns(400, MultipartException::status);
    }

    @Test
    void itHas70CharactersAtMost() {
        String longest = "b".repeat(70);
        assertThat(Boundary.in("multipart/form-data; boundary=" + longest)).isEqualTo(longest);
        assertThatExceptionOfType(MultipartException.class)
                .isThrownBy(() -> Boundary.in("multipart/form-data; boundary=b" + longest));
    }
}
