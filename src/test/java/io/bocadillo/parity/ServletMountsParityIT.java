package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Wire;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.WithServlets.class)
class ServletMountsParityIT {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @Parameter
    Site site;

    private boolean isOn(Container... containers) {
        return List.of(containers).contains(site.container());
    }

    private String contextPath() {
        return site.server().home().contextPath();
    }

    private String mapping() {
        return site.base().substring(contextPath().length());
    }

    private String where(String method, String mount, String pathInfo, String uri, String type) {
        String servletPath = mapping() + mount;
        return String.join(
                "|", method, contextPath(), servletPath, pathInfo, site.base() + uri, servletPath + "/*", type);
    }

    @ParameterizedTest
    @CsvSource({
        "/legacy,                 /legacy,       null",
        "/legacy/,                /legacy,       /",
        "/legacy/a/b,             /legacy,       /a/b",
        "/legacy/caf%C3%A9%20x,   /legacy,       /café x",
        "/legacy;v=1/a,           /legacy,       /a",
        "/of/a%20b/old/x,         /of/a b/old,   /x",
        "/inner/legacy/x,         /inner/legacy, /x",
    })
    void theServletSeesWhereItIsMounted(String uri, String mount, String pathInfo) throws Exception {
        for (String how : new String[] {"", "before", "body"}) {
            Answer answer = site.ask("GET " + uri + "?do=" + how);
            assertThat(answer.status()).as(how).isEqualTo(200);
            assertThat(answer.text()).as(how).isEqualTo(where("GET", mount, pathInfo, uri, "REQUEST"));
        }
    }

    @Test
    void earlierRoutesWinAndEveryMethodGoesToTheServlet() throws Exception {
        assertThat(site.ask("GET /legacy/mine").text()).isEqualTo("mine");
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND")) {
            assertThat(site.ask(method + " /legacy/x").text())
                    .isEqualTo(where(method, "/legacy", "/x", "/legacy/x", "REQUEST"));
        }
        assertThat(site.ask("GET /of/acme/old").header("X-Tenant")).isEqualTo("acme");
        assertThat(site.ask("GET /legac").status()).isEqualTo(404);
    }

    @Test
    void itIsInitialisedWithTheContext() throws Exception {
        assertThat(site.ask("GET /legacy/started").text()).isEqualTo("io.bocadillo.parity.LegacyServlet true");
        assertThat(site.ask("GET /inner/legacy/started").text()).isEqualTo("io.bocadillo.parity.LegacyServlet true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body", "later", "before,later"})
    void whatMiddlewareSetsIsOnTheAnswer(String how) throws Exception {
        Answer answer = site.ask("GET /legacy/created?do=" + how);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("created");
        assertThat(answer.header("X-Before")).isEqualTo("yes");
        assertThat(answer.header("X-Request-ID")).isNotEmpty();
        assertThat(answer.header("X-After")).isEqualTo("201");
        assertThat(answer.header("X-Legacy")).isEqualTo(how.contains("later") ? "changed" : "yes");
        assertThat(answer.header("Set-Cookie")).isEqualTo("legacy=1");
        assertThat(answer.header("Content-Type").toLowerCase()).startsWith("text/plain");
        assertThat(site.ask("GET /inner/legacy/created").header("X-Inner")).isEqualTo("/inner");
    }

    @Test
    void aSessionIsSetOnASmallAnswer() throws Exception {
        Answer answer = site.ask("GET /sessions/legacy/created");
        assertThat(answer.all("Set-Cookie")).hasSize(2).anyMatch(cookie -> cookie.startsWith("session="));
        assertThat(answer.all("Set-Cookie")).contains("legacy=1");
    }

    @Test
    void whoIsRefusedNeverReachesTheServlet() throws Exception {
        Answer answer = site.ask("GET /legacy/boom?do=refuse");
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body"})
    void theServletReadsTheBody(String how) throws Exception {
        for (int size : new int[] {1, 5000, 100_000}) {
            String body = "x".repeat(size);
            assertThat(site.askWithBody("POST /legacy/echo?do=" + how, body).text())
                    .as(how + size)
                    .isEqualTo(body);
            assertThat(site.askWithBody("POST /legacy/read?do=" + how, body).text())
                    .as(how + size)
                    .isEqualTo(body);
        }
        assertThat(site.askWithBody("POST /legacy/lines?do=" + how, "a\nb\n\nc").text())
                .isEqualTo("a|b||c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body", "form"})
    void theServletReadsParameters(String how) throws Exception {
        assertThat(site.askWithBody("POST /legacy/params?a=1&do=" + how, "a=2&b=x+y", FORM)
                        .text())
                .isEqualTo("a=1,2 b=x y do=" + how);
        assertThat(site.ask("GET /legacy/params?a=1&a=2&do=" + how).text()).isEqualTo("a=1,2 do=" + how);
    }

    @Test
    void aFormWithATokenReachesTheServlet() throws Exception {
        Answer page = site.ask("GET /forms/token");
        String cookie = "Cookie: " + page.header("Set-Cookie").split(";")[0];
        String fetched = "Sec-Fetch-Site: same-origin";
        Answer answer =
                site.askWithBody("POST /forms/legacy/params", "x=1&csrf_token=" + page.text(), FORM, cookie, fetched);
        assertThat(answer.text()).startsWith("csrf_token=").endsWith(" x=1");
        assertThat(site.askWithBody("POST /forms/legacy/params", "x=1", FORM, cookie, fetched)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aBodyThatMiddlewareTakesHasTheLimitOfTheApp() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /legacy/echo?do=body", "Content-Length: 2000000"));
            assertThat(wire.read().status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body", "later", "before,later"})
    void largeAnswersAreWhole(String how) throws Exception {
        assertThat(LegacyServlet.isLarge(site.ask("GET /legacy/large?do=" + how).body()))
                .isTrue();
        assertThat(site.ask("GET /legacy/write?do=" + how).body()).isEqualTo(Bytes.pattern(LegacyServlet.LARGE));
    }

    private String ask(String line) {
        try {
            return site.ask(line).text();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void expectItsOwnTime(String how) throws Exception {
        String token = UUID.randomUUID().toString();
        Answer answer = site.ask("GET /impatient/legacy/async?do=" + how, "X-Token: " + token);
        assertThat(answer.status()).as(how).isEqualTo(202);
        assertThat(answer.text())
                .as(how)
                .isEqualTo(where("GET", "/impatient/legacy", "/async", "/impatient/legacy/async", "REQUEST"));
        assertThat(site.ask("GET /report/" + token).text()).as(how).isEqualTo("202 -1 sent");
        Answer late = site.ask("GET /impatient/legacy/timeout?do=" + how);
        assertThat(late.status()).as(how).isEqualTo(504);
        assertThat(late.text()).as(how).isEqualTo("its own timeout");
    }

    @Test
    void asynchronousAnswersAndSlowOnesHaveTheirOwnTime() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String how : List.of("", "before", "body", "later")) {
            all.add(CompletableFuture.runAsync(
                    () -> assertThat(ask("GET /impatient/legacy/slow?do=" + how))
                            .isEqualTo("slow"),
                    OwnThread.EACH));
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            expectItsOwnTime(how);
                        } catch (Exception failure) {
                            throw new IllegalStateException(failure);
                        }
                    },
                    OwnThread.EACH));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before"})
    void theServletDispatchesToItself(String how) throws Exception {
        assertThat(site.ask("GET /legacy/dispatch?do=" + how).text())
                .isEqualTo(where("GET", "/legacy", "/dispatch", "/legacy/dispatch", "ASYNC") + "|before");
        assertThat(site.ask("GET /legacy/dispatch-to?do=" + how).text())
                .startsWith(String.join("|", "GET", contextPath(), mapping() + "/legacy", "/other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before"})
    void aDispatchOfAWrappedRequestFindsTheWayBack(String how) throws Exception {
        assertThat(site.ask("GET /legacy/dispatch-wrapped?do=" + how).text())
                .isEqualTo(
                        where("GET", "/legacy", "/dispatch-wrapped", "/legacy/dispatch-wrapped", "ASYNC") + "|before");
        Eventually.noneOpen(site);
    }

    @Test
    void aDispatchToAnotherRouteOfTheAppIsAnError() throws Exception {
        assertThat(site.ask("GET /legacy/dispatch-out").status()).isEqualTo(500);
        Eventually.noneOpen(site);
    }

    @Test
    void asynchronousModeStartsOnce() throws Exception {
        for (String how : new String[] {"", "before"}) {
            assertThat(site.ask("GET /legacy/twice?do=" + how).text()).isEqualTo("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "later"})
    void anExceptionAfterItsStartIsTheContainers(String how) throws Exception {
        if (isOn(Container.TOMCAT_10, Container.TOMCAT_11)) {
            // As it does for such a servlet that is not mounted.
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> site.ask("GET /legacy/broken-async?do=" + how));
        } else {
            assertThat(site.ask("GET /legacy/broken-async?do=" + how).status()).isEqualTo(500);
        }
        Eventually.noneOpen(site);
    }

    @Test
    void codeBehindAnAsynchronousAnswerMayBlockAndSeesTheRequest() throws Exception {
        for (String how : new String[] {"thread", "thread,before"}) {
            String token = UUID.randomUUID().toString();
            assertThat(site.ask("GET /legacy/write?do=" + how, "X-Token: " + token)
                            .status())
                    .isEqualTo(200);
            assertThat(site.ask("GET /report/" + token).text()).isNotEmpty().doesNotContain("I/O");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body", "later"})
    void sendErrorIsTheContainersPage(String how) throws Exception {
        String token = UUID.randomUUID().toString();
        Answer answer = site.ask("GET /legacy/teapot?do=" + how, "X-Token: " + token);
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.text()).contains(isOn(Container.JETTY) ? "418 I'm a Teapot" : "short and stout");
        assertThat(site.ask("GET /report/" + token).text()).isEqualTo("418 -1 sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body"})
    void anErrorThatIsLeftToTheContainerStays(String how) throws Exception {
        assertThat(site.ask("GET /legacy/teapot?do=instead," + how).status()).isEqualTo(418);
        assertThat(site.ask("GET /legacy/teapot?do=fail," + how).status()).isEqualTo(418);
        long mark = site.mark();
        assertThat(site.ask("GET /legacy/teapot-boom?do=" + how).status()).isEqualTo(418);
        site.expectOneError(mark, "left an error to the container");
    }

    /** Whether the thread around the servlet or the one in it is first, differs from one request to the next. */
    @Test
    void thePageIsThereWhicheverThreadIsFirst() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(site.ask("GET /legacy/teapot?do=before").text()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body", "later"})
    void anExceptionIsAnsweredByTheHandlersOfTheApp(String how) throws Exception {
        Answer answer = site.ask("GET /legacy/boom?do=" + how);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).isEqualTo("legacy " + site.base() + "/hello");
        assertThat(answer.header("X-Before")).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body", "later"})
    void anExceptionAfterTheCommitCutsTheConnection(String how) throws Exception {
        long mark = site.mark();
        String token = UUID.randomUUID().toString();
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /legacy/broken?do=" + how, "X-Token: " + token));
            assertThat(new String(wire.readToEnd())).endsWith("the beginning");
        }
        assertThat(site.ask("GET /report/" + token).text()).isEqualTo("200 -1 AbortException");
        site.expectOneError(mark, "LegacyException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "before", "body"})
    void anotherAnswerTakesThePlaceOfOneThatHasNotGoneOut(String how) throws Exception {
        Answer answer = site.ask("GET /legacy/created?do=instead," + how);
        assertThat(answer.status()).isEqualTo(299);
        assertThat(answer.text()).isEqualTo("instead");
        assertThat(site.ask("GET /legacy/created?do=fail," + how).status()).isEqualTo(418);
    }

    @Test
    void anotherAnswerAfterTheCommitCutsTheConnection() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /legacy/large?do=fail", "Connection: close"));
            assertThat(new String(wire.readToEnd())).startsWith("HTTP/1.1 200");
        }
        Eventually.noneOpen(site);
    }

    @Test
    void headHasNoBody() throws Exception {
        for (String how : new String[] {"", "before"}) {
            Answer answer = site.ask("HEAD /legacy/created?do=" + how);
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("X-After")).isEqualTo("201");
            assertThat(site.ask("HEAD /legacy/large?do=" + how).status()).isEqualTo(200);
        }
    }

    @Test
    void theConnectionStaysInStep() throws Exception {
        try (Wire wire = site.connect()) {
            for (String path : List.of("created", "async", "write", "dispatch", "boom", "large")) {
                wire.send(site.head("GET /legacy/" + path)).read();
                wire.send(site.head("GET /legacy/" + path + "?do=before")).read();
                site.expectInStep(wire);
            }
            wire.send(site.withBody("POST /legacy/created", "unread")).read();
            site.expectInStep(wire);
        }
    }

    @Test
    void aClientThatGoesIsTheEndOfItsRequest() throws Exception {
        for (String path : List.of("write", "large", "write?do=before")) {
            try (Wire wire = site.connect()) {
                wire.send(site.head("GET /legacy/" + path));
                wire.read(new byte[100]);
                wire.reset();
            }
        }
        Eventually.noneOpen(site);
    }

    @Test
    void manyAtATimeAllGetTheirOwn() throws Exception {
        Semaphore atATime = new Semaphore(50);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String path = "/legacy/" + i;
            String how = new String[] {"", "before", "later", "before,later"}[i % 4];
            atATime.acquire();
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            assertThat(site.ask("GET " + path + "?do=" + how).text())
                                    .contains("|/" + path.substring("/legacy/".length()) + "|");
                        } catch (Exception failure) {
                            throw new IllegalStateException(failure);
                        } finally {
                            atATime.release();
                        }
                    },
                    OwnThread.EACH));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        Eventually.noneOpen(site);
    }
}
