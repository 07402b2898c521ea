package io.bocadillo.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.txt",
                "a",
                "a b.txt",
                "ünï.txt",
                "a..b",
                "app.3f2a9c1b.js",
                "a~1",
                "console.log",
                "com10.txt",
                "nullable.js",
                "class",
                "a.class.txt",
                "web-info",
                "$x",
                "@scope"
            })
    void ordinaryNamesAreServed(String name) {
        assertThat(ServedNames.areServed(List.of("folder", name))).isTrue();
        assertThat(ServedNames.areServed(List.of(name, "file"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                ".hidden",
                "page.jsp",
                "page.JSPX",
                "part.jspf",
                "part.tag",
                ".git",
                ".well-known",
                "a.",
                "a ",
                "a/b",
                "a\\b",
                "..\\a",
                "a\0.txt",
                "a\nb",
                "C:",
                "C:a.txt",
                "a.txt:stream",
                "a.txt::$DATA",
                "con",
                "CON",
                "nul.txt",
                "AUX.tar.gz",
                "prn",
                "com1",
                "LPT9.log",
                "com\u00b9",
                "conin$",
                "WEB-INF",
                "web-inf",
                "Meta-Inf",
                "App.class",
                "App.CLASS"
            })
    void otherNamesAreNotServedWhereverTheyStand(String name) {
        assertThat(ServedNames.areServed(List.of(name))).isFalse();
        assertThat(ServedNames.areServed(List.of("folder", name))).isFalse();
        assertThat(ServedNames.areServed(List.of(name, "file"))).isFalse();
    }

    @Test
    void noNameAtAllIsNotServed() {
        assertThat(ServedNames.areServed(List.of())).isFalse();
    }
}
