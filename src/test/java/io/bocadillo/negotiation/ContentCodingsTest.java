package io.bocadillo.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 12.5.3. */
class ContentCodingsTest {

    private static final List<String> BROTLI_AND_GZIP = List.of("br", "gzip");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # what the section shows
            compress, gzip                     | gzip
            ''                                 | identity
            *                                  | br
            compress;q=0.5, gzip;q=1.0         | gzip
            gzip;q=1.0, identity; q=0.5, *;q=0 | gzip
            # weights, section 12.4.2
            gzip;q=0                           | identity
            gzip;q=0.000                       | identity
            gzip;q=0.001                       | gzip
            gzip;q=0.5, br;q=0.4               | gzip
            gzip;q=0.5, br;q=0.5               | br
            gzip, br                           | br
            gzip, br;q=0                       | gzip
            br;q=0, *                          | gzip
            *;q=0, gzip                        | gzip
            *;q=0                              | identity
            identity, *;q=0                    | identity
            identity;q=1, gzip;q=0.5           | identity
            identity;q=0.5, gzip;q=1           | gzip
            identity, gzip                     | gzip
            identity;q=0, gzip;q=0.1           | gzip
            # nothing fits: better the plain form than none
            identity;q=0                       | identity
            identity;q=0, deflate              | identity
            gzip;q=0, br;q=0, identity;q=0     | identity
            # names are case-insensitive, and x-gzip is gzip: section 8.4.1
            GZip                               | gzip
            x-gzip                             | gzip
            x-gzip;q=0, *                      | br
            GZIP;Q=0                           | identity
            # other codings
            deflate, zstd                      | identity
            gzipped, brotli                    | identity
            # white space and empty elements, section 5.6.1.2
            ' ,, gzip ;  q=0.8 ,'              | gzip
            # what is malformed is as good as absent
            gzip;q=high                        | identity
            gzip;q=-1                          | identity
            gzip;q=                            | identity
            gzip;q=., br                       | br
            ;q=1, gzip                         | gzip
            gzip;q=2, br;q=0.9                 | gzip
            gzip;q=.5                          | gzip
            gzip;q=0.12345678901234567890      | gzip
            gzip;q=99999999999999999999        | gzip
            """)
    void theBestCodingIsChosen(String acceptEncoding, String chosen) {
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
