package io.bocadillo.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice by {@code Accept}; sections are those of RFC 9110 unless another one is named. */
class MediaRangesTest {

    /** Table 5 of the section, row by row; the last one as erratum 7138 has it: it says 0.7, which no range gives. */
    @ParameterizedTest(name = "12.5.1, table 5: {0} has {1}")
    @CsvSource({
        "text/plain;format=flowed, 1",
        "text/plain,               0.7",
        "text/html,                0.3",
        "image/jpeg,               0.5",
        "text/plain;format=fixed,  0.4",
        "text/html;level=3,        0.3"
    })
    void aTypeHasTheWeightOfTheMostSpecificRange(String type, String weight) {
        List<String> accept = List.of(
                "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed,",
                "text/plain;format=fixed;q=0.4, */*;q=0.5",
                "probe/x;q=" + weight);
        // Of two that weigh the same, the first one is taken.
        assertThat(MediaRanges.choose(accept, List.of(type, "probe/x"))).contains(type);
        assertThat(MediaRanges.choose(accept, List.of("probe/x", type))).contains("probe/x");
    }

    @ParameterizedTest(name = "{0}: {1} of {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "406", textBlock = """
            12.5.1   | audio/*; q=0.2, audio/basic                            | audio/basic, audio/mpeg           | audio/basic
            12.5.1   | audio/*; q=0.2, audio/basic                            | audio/mpeg                        | audio/mpeg
            12.5.1   | text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c | text/plain, text/x-dvi         | text/x-dvi
            12.5.1   | text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c | text/x-dvi, text/x-c, text/html | text/x-c
            12.5.1   | text/*, text/plain, text/plain;format=flowed, */*      | text/plain                        | text/plain
            # the most specific range counts, whatever its weight and place
            12.5.1   | text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, */*;q=0.5 | text/plain, text/html | text/plain
            12.5.1   | text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.5 | image/jpeg, text/plain       | image/jpeg
            12.5.1   | application/json;q=0, */*                              | application/json, text/html       | text/html
            12.5.1   | application/json;q=0, application/*                    | application/json                  | 406
            12.5.1   | */*;q=0.1, application/*;q=0                           | application/json, text/html       | text/html
            # types with parameters are offered
            12.5.1   | text/html;level=1, text/html;q=0.4                     | text/html;level=2, text/html;level=1 | text/html;level=1
            12.5.1   | text/html;level=1;q=0.3, text/html;q=0.4               | text/html;level=1, text/html;level=2 | text/html;level=2
            12.5.1   | text/html;level=1;q=0, text/html                       | text/html;level=1                 | 406
            12.5.1   | text/html                                              | text/html;level=1                 | text/html;level=1
            12.5.1   | text/html;level=1                                      | text/html;level=2                 | 406
            12.5.1   | text/html;level=1;a=b                                  | text/html;level=1, text/html;a=b;level=1 | text/html;a=b;level=1
            # weights
            12.4.2   | application/json;q=0.5, application/yaml;q=0.6         | application/json, application/yaml | application/yaml
            12.5.1   | application/yaml, application/json                     | application/json, application/yaml | application/json
            12.5.1   | */*                                                    | application/json, application/yaml | application/json
            12.4.2   | text/html;q=0.0009                                     | text/html                         | 406
            12.4.2   | text/html;q=0.001                                      | text/html                         | text/html
            # nothing fits
            15.5.7   | text/html                                              | application/json                  | 406
            15.5.7   | image/*, text/*                                        | application/json, application/yaml | 406
            # case, parameters, quotes
            8.3.1    | APPLICATION/JSON                                       | application/json                  | application/json
            8.3.2    | text/html;charset=UTF-8                                | text/html; charset=utf-8          | text/html; charset=utf-8
            8.3.1    | text/html;charset="utf-8"                              | text/html; charset=utf-8          | text/html; charset=utf-8
            RFC 8259, 11 | application/json;charset=utf-8                     | application/json                  | application/json
            RFC 8259, 11 | application/json; charset="UTF-8";q=0.1, text/html;q=0 | text/html, application/json   | application/json
            12.5.1   | application/json;charset=latin1                        | application/json                  | 406
            12.5.1   | text/html;charset=latin1                               | text/html; charset=utf-8          | 406
            12.5.1   | text/html;level=1                                      | text/html                         | 406
            12.5.1   | text/html                                              | text/html; charset=utf-8          | text/html; charset=utf-8
            5.6.4    | 'a/b;x=",text/html;q=1"'                               | text/html                         | 406
            5.6.4    | 'a/b;x="\\",", text/html'                              | text/html                         | text/html
            # what follows the weight is ignored
            12.5.1   | text/html;q=1;level=1                                  | text/html                         | text/html
            # what old clients send
            12.5.1   | text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2   | application/json                  | application/json
            # a browser
            12.5.1   | text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | application/json, text/html | text/html
            # a malformed element is as good as absent
            12.4.2   | application/json;q=best, application/yaml;q=0.1        | application/json, application/yaml | application/yaml
            12.5.1   | json, application/yaml;q=0.1                           | application/json, application/yaml | application/yaml
            """)
    void theBestTypeIsChosen(String section, String accept, String offered, String chosen) {
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
