package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {

    /** RFC 9111, sections 5.2 and 5.2.2.7; RFC 9110, sections 5.6.1 and 5.6.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "private                          | true",
                "PRIVATE                          | true",
                "max-age=60,private               | true",
                "max-age=60 , private , no-cache  | true",
                ",, private                       | true",
                "private=\"X-User\", max-age=600  | false",
                "private=X-User                   | false",
                "no-cache=\"private\"             | false",
                "no-cache=\"a, private, b\"       | false",
                "no-cache=\"a\\\", private, b\"   | false",
                "no-cache=\"a\", private          | true",
                "no-cache=\"a\\\\\", private      | true",
                "no-cache=\"open, private         | false",
                "x-private                        | false",
                "private-ish                      | false",
                "''                               | false",
            })
    void aDirectiveIsAWordOfItsOwn(String value, boolean isPrivate) {
        assertThat(CacheControl.has(new Headers().add("Cache-Control", value), "private"))
                .isEqualTo(isPrivate);
    }

    @Test
    void allFieldsCount() {
        Headers headers = new Headers().add("Cache-Control", "max-age=1").add("cache-control", "no-transform");
        assertThat(CacheControl.has(headers, "no-transform")).isTrue();
        assertThat(CacheControl.has(new Headers(), "no-transform")).isFalse();
    }
}
