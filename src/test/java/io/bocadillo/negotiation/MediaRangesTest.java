package io.bocadillo.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 12.5.1. */
class MediaRangesTest {

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "406", textBlock = """
            # what the section shows
            audio/*; q=0.2, audio/basic                            | audio/basic, audio/mpeg           | audio/basic
            audio/*; q=0.2, audio/basic                            | audio/mpeg                        | audio/mpeg
            text/plain; q=0.5, text/html, text/x-dvi; q=0.8        | text/plain, text/x-dvi            | text/x-dvi
            text/*, text/plain, text/plain;format=flowed, */*      | text/plain                        | text/plain
            # the most specific range counts, whatever its weight and place
            text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, */*;q=0.5 | text/plain, text/html | text/plain
            text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.5 | image/jpeg, text/plain       | image/jpeg
            application/json;q=0, */*                              | application/json, text/html       | text/html
            application/json;q=0, application/*                    | application/json                  | 406
            */*;q=0.1, application/*;q=0                           | application/json, text/html       | text/html
            # weights
            application/json;q=0.5, application/yaml;q=0.6         | application/json, application/yaml | application/yaml
            application/yaml, application/json                     | application/json, application/yaml | application/json
            */*                                                    | application/json, application/yaml | application/json
            text/html;q=0.0009                                     | text/html                         | 406
            # nothing fits
            text/html                                              | application/json                  | 406
            image/*, text/*                                        | application/json, application/yaml | 406
            # case, parameters, quotes
            APPLICATION/JSON                                       | application/json                  | application/json
            text/html;charset=UTF-8                                | text/html; charset=utf-8          | text/html; charset=utf-8
            text/html;charset="utf-8"                              | text/html; charset=utf-8          | text/html; charset=utf-8
            application/json;charset=utf-8                         | application/json                  | application/json
            application/json; charset="UTF-8";q=0.1, text/html;q=0 | text/html, application/json       | application/json
            application/json;charset=latin1                        | application/json                  | 406
            text/html;charset=latin1                               | text/html; charset=utf-8          | 406
            text/html;level=1                                      | text/html                         | 406
            text/html                                              | text/html; charset=utf-8          | text/html; charset=utf-8
            'a/b;x=",text/html;q=1"'                               | text/html                         | 406
            'a/b;x="\\",", text/html'                              | text/html                         | text/html
            # what follows the weight is ignored
            text/html;q=1;level=1                                  | text/html                         | text/html
            # what old clients send
            text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2   | application/json                  | application/json
            # a browser
            text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | application/json, text/html | text/html
            # a malformed element is as good as absent
            application/json;q=best, application/yaml;q=0.1        | application/json, application/yaml | application/yaml
            json, application/yaml;q=0.1                           | application/json, application/yaml | application/yaml
            """)
    void theBestTypeIsChosen(String accept, String offered, String chosen) {
        assertThat(MediaRanges.choose(List.of(accept), List.of(offered.split(", "))))
                .isEqualTo(Optional.ofNullable(chosen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ";", "json", "application/json;q=x", "/json", ";q=1", "\""})
    void aFieldWithoutARangeIsAsGoodAsNone(String accept) {
        assertThat(MediaRanges.choose(List.of(accept), List.of("a/b", "c/d"))).contains("a/b");
        assertThat(MediaRanges.choose(List.of(), List.of("a/b", "c/d"))).contains("a/b");
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(MediaRanges.choose(List.of("a/b;q=0.1", "c/d"), List.of("a/b", "c/d")))
                .contains("c/d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/html,application/xml;q=0.9,*/*;q=0.8 | true
            */*                                       | false
            text/*                                    | false
            text/html;q=0                             | false
            application/json                          | false
            """)
    void onlyTheVeryTypeIsNamed(String accept, boolean named) {
        assertThat(MediaRanges.name(List.of(accept), "text/html")).isEqualTo(named);
    }
}
