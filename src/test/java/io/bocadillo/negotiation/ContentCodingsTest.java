package io.bocadillo.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice by {@code Accept-Encoding}; sections are those of RFC 9110. */
class ContentCodingsTest {

    private static final List<String> BROTLI_AND_GZIP = List.of("br", "gzip");

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # what the section shows
            12.5.3   | compress, gzip                     | gzip
            12.5.3   | ''                                 | identity
            12.5.3   | *                                  | br
            12.5.3   | compress;q=0.5, gzip;q=1.0         | gzip
            12.5.3   | gzip;q=1.0, identity; q=0.5, *;q=0 | gzip
            # weights
            12.4.2   | gzip;q=0                           | identity
            12.4.2   | gzip;q=0.000                       | identity
            12.4.2   | gzip;q=0.001                       | gzip
            12.4.2   | gzip;q=0.5, br;q=0.4               | gzip
            12.4.2   | gzip;q=0.5, br;q=0.5               | br
            12.5.3   | gzip, br                           | br
            12.5.3   | gzip, br;q=0                       | gzip
            12.5.3   | br;q=0, *                          | gzip
            12.5.3   | *;q=0, gzip                        | gzip
            12.5.3   | *;q=0                              | identity
            12.5.3   | identity, *;q=0                    | identity
            12.5.3   | identity;q=1, gzip;q=0.5           | identity
            12.5.3   | identity;q=0.5, gzip;q=1           | gzip
            12.5.3   | identity, gzip                     | gzip
            12.5.3   | identity;q=0, gzip;q=0.1           | gzip
            # nothing fits: better the plain form than none
            12.5.3   | identity;q=0                       | identity
            12.5.3   | identity;q=0, deflate              | identity
            12.5.3   | gzip;q=0, br;q=0, identity;q=0     | identity
            # names are case-insensitive, and x-gzip is gzip
            8.4.1    | GZip                               | gzip
            8.4.1.3  | x-gzip                             | gzip
            8.4.1.3  | x-gzip;q=0, *                      | br
            8.4.1    | GZIP;Q=0                           | identity
            # other codings
            12.5.3   | deflate, zstd                      | identity
            8.4.1    | gzipped, brotli                    | identity
            # white space and empty elements
            5.6.1.2  | ' ,, gzip ;  q=0.8 ,'              | gzip
            # what is malformed is as good as absent
            12.4.2   | gzip;q=high                        | identity
            12.4.2   | gzip;q=-1                          | identity
            12.4.2   | gzip;q=                            | identity
            12.4.2   | gzip;q=., br                       | br
            12.5.3   | ;q=1, gzip                         | gzip
            # what is not quite a weight, but can be understood
            12.4.2   | gzip;q=2, br;q=0.9                 | gzip
            12.4.2   | gzip;q=.5                          | gzip
            12.4.2   | gzip;q=0.12345678901234567890      | gzip
            12.4.2   | gzip;q=99999999999999999999        | gzip
            """)
    void theBestCodingIsChosen(String section, String acceptEncoding, String chosen) {
        assertThat(ContentCodings.choose(List.of(acceptEncoding), BROTLI_AND_GZIP))
                .isEqualTo(chosen);
    }

    @Test
    void aClientThatSaysNothingGetsNoCoding() {
        assertThat(ContentCodings.choose(List.of(), BROTLI_AND_GZIP)).isEqualTo("identity");
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(ContentCodings.choose(List.of("br;q=0", "gzip"), BROTLI_AND_GZIP))
                .isEqualTo("gzip");
    }

    @Test
    void onlyWhatIsThereCanBeChosen() {
        assertThat(ContentCodings.choose(List.of("br, gzip;q=0.1"), List.of("gzip")))
                .isEqualTo("gzip");
        assertThat(ContentCodings.choose(List.of("br, gzip"), List.of())).isEqualTo("identity");
    }
}
