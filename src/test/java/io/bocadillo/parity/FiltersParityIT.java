package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import jakarta.servlet.Filter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiltersParityIT {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @ParameterizedTest
    @EnumSource
    void aFilterThatWrapsChangesNothing(Container container) throws Exception {
        try (Running server = start(container, WrappingFilter.class)) {
            expectOrdinary(new Site(container, server));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamOfAFilterIsWrittenThoughItHasNoListeners(Container container) throws Exception {
        try (Running server = start(container, OwnStreamFilter.class)) {
            expectOrdinary(new Site(container, server));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterThatCodesTheAnswerSeesAllOfIt(Container container) throws Exception {
        try (Running server = start(container, GzipFilter.class)) {
            Site site = new Site(container, server);
            for (String path :
                    new String[] {"/bytes/100", "/bytes/1000000", "/async/bytes/100", "/async/bytes/1000000"}) {
                int size = Integer.parseInt(path.replaceAll(".*/", ""));
                Answer answer = site.ask("GET " + path);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                        .isEqualTo(Bytes.pattern(size));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterThatCodesTheAnswerSeesAllOfAStream(Container container) throws Exception {
        try (Running server = start(container, GzipFilter.class)) {
            Site site = new Site(container, server);
            try (Wire wire = site.connect()) {
                for (String how : new String[] {"items", "writer", "bytes", "async-strings"}) {
                    Answer answer =
                            wire.send(site.head("GET /out/" + how + "/100")).read();
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
                    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                            .isEqualTo(ResponseStreamViews.whole(100));
                }
                wire.send(site.head("GET /failing/items/30"));
                Site.expectBrokenOff(wire);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterThatReplacesTheBodyIsReadThrough(Container container) throws Exception {
        try (Running server = start(container, UpperCaseFilter.class)) {
            Site site = new Site(container, server);
            assertThat(site.askWithBody("POST /text", "hello").text()).isEqualTo("HELLO");
            assertThat(site.askWithBody("POST /small", "x".repeat(BodyViews.SMALL_LIMIT + 1))
                            .status())
                    .isEqualTo(413);
            assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFormThatAFilterHasReadIsThereAllTheSame(Container container) throws Exception {
        try (Running server = start(container, ParameterFilter.class)) {
            Site site = new Site(container, server);
            assertThat(site.askWithBody("POST /text", "a=1&b=two+words&a=%C3%BC", FORM)
                            .text())
                    .isEqualTo("a=1&a=%C3%BC&b=two+words");
            assertThat(site.askWithBody("POST /text?a=0&c=query", "a=1&b=2", FORM)
                            .text())
                    .isEqualTo("a=1&b=2");
            assertThat(site.askWithBody("POST /text", "plain", "Content-Type: text/plain")
                            .text())
                    .isEqualTo("plain");
            expectOrdinary(site);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAsyncSupportEverythingWorksBlockingAfterOneWarning(Container container) throws Exception {
        for (Home home :
                new Home[] {home().withoutAsync(), home().behind(BlockingFilter.class), home().behind(AsyncFilter.class)
                }) {
            long mark = container.log().mark();
            try (Running server = container.start(home, ParityApp.class)) {
                Site site = new Site(container, server);
                expectOrdinary(site);
                assertThat(site.askWithBody("POST /hop", "hop").text()).isEqualTo("hop");
                assertThat(site.askWithBody("POST /small", "x".repeat(BodyViews.SMALL_LIMIT + 1))
                                .status())
                        .isEqualTo(413);
                Eventually.noneOpen(site);
            }
            assertThat(container.log().since(mark, "WARN"))
                    .filteredOn(line -> line.contains("io.bocadillo.servlet"))
                    .singleElement()
                    .asString()
                    .contains("expected asynchronous support, got none");
            assertThat(container.log().since(mark, "ERROR")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAfterTheAnswerHasBegunBreaksItOff(Container container) throws Exception {
        try (Running server = start(container, CommittingFilter.class)) {
            Site site = new Site(container, server);
            for (String path : new String[] {"/boom", "/none", "/async/boom", "/async/failed?token=t"}) {
                try (Wire wire = site.connect()) {
                    wire.send(site.head("GET " + path));
                    assertThatThrownBy(wire::read).as(path).isInstanceOf(IOException.class);
                }
            }
            try (Wire wire = site.connect()) {
                wire.send(site.withBody("POST /small", "x".repeat(BodyViews.SMALL_LIMIT + 1)));
                assertThatThrownBy(wire::read).isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFilterThatHasTheAsynchronousModeForItselfLeavesNoMountedServletOpen(Container container) throws Exception {
        try (Running server = container.start(home().behind(AsyncFilter.class), ServletsApp.class)) {
            Site site = new Site(container, server);
            for (int i = 0; i < 3; i++) {
                Answer answer = site.ask("GET /legacy/async-supported?do=before");
                assertThat(answer.text()).isEqualTo("false");
                assertThat(answer.header("X-After")).isEqualTo("200");
            }
            Eventually.noneOpen(site);
        }
    }

    private static Home home() {
        return new Home("/shop", "/api/*");
    }

    private static Running start(Container container, Class<? extends Filter> filter) {
        return container.start(home().behind(filter), ParityApp.class);
    }

    private static void expectOrdinary(Site site) throws Exception {
        assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
        assertThat(site.ask("GET /empty").status()).isEqualTo(204);
        assertThat(site.ask("GET /async/later?token=t").text()).isEqualTo("t");
        assertThat(site.ask("GET /bytes/1000000").body()).isEqualTo(Bytes.pattern(1_000_000));
        assertThat(site.ask("GET /async/bytes/1000000").body()).isEqualTo(Bytes.pattern(1_000_000));
        assertThat(site.askWithBody("POST /echo", "body").text()).isEqualTo("body");
        assertThat(site.askWithBody("POST /async/echo", "body").text()).isEqualTo("body");
    }
}
