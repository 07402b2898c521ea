package io.bocadillo.parity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import io.bocadillo.testing.TestForm;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@InEveryContainer
class UploadsParityIT {

    private static final int LARGE = 150_000;

    /** Less than Undertow takes by default. */
    private static final int MORE_THAN_BUFFERS = 2_000_000;

    @Parameter
    Site site;

    @Test
    void anUrlencodedFormHasItsFields() throws Exception {
        TestForm form =
                new TestForm().field("näme", "José & más").field("tag", "a").field("tag", "b");
        assertThat(post("/up/form", form).text()).contains("{\"näme\":[\"José & más\"],\"tag\":[\"a\",\"b\"]}");
    }

    @Test
    void anUrlencodedFormNeedNotBeEncoded() throws Exception {
        Answer answer = site.askWithBody(
                "POST /up/form", "name=Jos\u00c3\u00a9&of=100%", "Content-Type: application/x-www-form-urlencoded");
        assertThat(answer.text()).contains("{\"name\":[\"José\"],\"of\":[\"100%\"]}");
    }

    @Test
    void aMultipartFormHasItsFieldsAndFiles() throws Exception {
        TestForm form = new TestForm()
                .field("näme", "José")
                .file("f", "niño 🌮.txt", "text/plain", "hello".getBytes(US_ASCII))
                .file("f", "b\"q\".bin", "application/x-test", new byte[LARGE]);
        assertThat(post("/up/form", form).text())
                .contains("{\"näme\":[\"José\"]}")
                .contains("\"f: niño 🌮.txt text/plain 5\",\"f: b\\\"q\\\".bin application/x-test " + LARGE + "\"");
    }

    @Test
    void aFormIsWholeHoweverItIsCut() throws Exception {
        TestForm form = new TestForm().field("a", "1").file("f", "f", "a/b", "\r\n--x\r\n-".getBytes(US_ASCII));
        try (Wire wire = site.connect()) {
            wire.sendByteByByte(request("/up/form", form));
            assertThat(wire.read().text()).contains("\"f: f a/b 8\"");
            wire.send(site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @Test
    void aFileIsMovedFromMemoryAndFromDisk() throws Exception {
        for (int size : new int[] {0, 5, LARGE}) {
            byte[] content = Bytes.pattern(size);
            assertThat(post("/up/kept", new TestForm().file("f", "f", "a/b", content))
                            .text())
                    .isEqualTo(Taker.whole(content));
        }
    }

    @Test
    void aLargeFileIsOnDiskUntilTheAnswerIsOut() throws Exception {
        String token = token("held");
        try (Wire wire = site.connect()) {
            wire.send(request("/up/held/" + token, large(token)));
            expectTemporary(token, 1);
            site.ask("POST /gate/" + token);
            assertThat(wire.read().text()).contains("\"f: f a/b " + LARGE + "\"");
            expectTemporary(token, 0);
        }
    }

    @Test
    void aFileGoesWithAViewThatFails() throws Exception {
        String token = token("failing");
        assertThat(post("/up/failing", large(token)).status()).isEqualTo(500);
        expectTemporary(token, 0);
    }

    @Test
    void aFileGoesWithAClientThatResetsInTheMiddle() throws Exception {
        long mark = site.server().log().mark();
        String token = token("reset");
        Wire wire = site.connect();
        String request = request("/up/form", large(token));
        wire.send(request.substring(0, request.length() - 1000));
        expectTemporary(token, 1);
        wire.reset();
        expectTemporary(token, 0);
        Eventually.noneOpen(site);
        assertThat(site.server().log().since(mark, "ERROR")).isEmpty();
    }

    @Test
    void aFileGoesWithAFormThatIsTooLarge() throws Exception {
        String token = token("large");
        TestForm form = large(token).file("g", "g", "a/b", new byte[LARGE / 2]);
        byte[] body = form.body();
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /up/small", "Content-Type: " + form.contentType(), "Transfer-Encoding: chunked"));
            wire.send(Integer.toHexString(body.length) + "\r\n");
            wire.send(Arrays.copyOf(body, LARGE));
            expectTemporary(token, 1);
            wire.send(Arrays.copyOfRange(body, LARGE, body.length)).send("\r\n0\r\n\r\n");
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
        }
        expectTemporary(token, 0);
        assertThat(post("/up/small", form).status()).isEqualTo(413);
    }

    @Test
    void limitsHaveTheirStatus() throws Exception {
        TestForm many = new TestForm().file("f", "f", "a/b", new byte[1]);
        for (int i = 0; i < 100; i++) {
            many.field("a", "b");
        }
        assertThat(post("/up/form", many).status()).isEqualTo(413);
        TestForm fields =
                new TestForm().file("f", "f", "a/b", new byte[1]).field("a", "x".repeat(ParityApp.MAX_BODY + 1));
        assertThat(post("/up/form", fields).status()).isEqualTo(413);
        TestForm named = new TestForm().file("f", "f".repeat(3000), "a/b", new byte[1]);
        assertThat(post("/up/form", named).status()).isEqualTo(431);
        String headers =
                "--B\r\nContent-Disposition: form-data; name=a\r\n" + "X: 1\r\n".repeat(16) + "\r\n\r\n--B--\r\n";
        assertThat(site.askWithBody("POST /up/form", headers, "Content-Type: multipart/form-data; boundary=B")
                        .status())
                .isEqualTo(431);
    }

    @Test
    void partsAreReadNoFasterThanTheyAreAskedFor() throws Exception {
        String token = token("parts");
        byte[] content = Bytes.pattern(MORE_THAN_BUFFERS);
        TestForm form =
                new TestForm().field("a", "1").file("f", "f", "a/b", content).field("b", "22");
        String type = "Content-Type: " + form.contentType();
        byte[] body = form.body();
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            AtomicLong count = new AtomicLong();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(
                    () -> {
                        try {
                            wire.send(site.head("POST /up/parts/" + token, type, "Transfer-Encoding: chunked"));
                            for (int at = 0; at < body.length; at += 10_000) {
                                byte[] piece = Arrays.copyOfRange(body, at, Math.min(at + 10_000, body.length));
                                wire.send(Integer.toHexString(piece.length) + "\r\n")
                                        .send(piece)
                                        .send("\r\n");
                                count.addAndGet(piece.length);
                            }
                            wire.send("0\r\n\r\n");
                        } catch (IOException failure) {
                            throw new AssertionError(failure);
                        }
                    },
                    OwnThread.EACH);
            assertThat(Eventually.still(count::get)).isLessThan(body.length);
            assertThat(site.ask("GET /up/parts/" + token).text()).isEqualTo("0");
            site.ask("POST /up/parts/" + token + "/" + Long.MAX_VALUE);
            assertThat(wire.read().text())
                    .isEqualTo("a " + Taker.whole("1".getBytes(US_ASCII)) + ", f " + Taker.whole(content) + ", b "
                            + Taker.whole("22".getBytes(US_ASCII)));
            sent.join();
        }
    }

    private Answer post(String path, TestForm form) throws IOException {
        return site.askWithBody("POST " + path, text(form), "Content-Type: " + form.contentType());
    }

    private String request(String path, TestForm form) {
        return site.withBody("POST " + path, text(form), "Content-Type: " + form.contentType());
    }

    private static String text(TestForm form) {
        return new String(form.body(), ISO_8859_1);
    }

    /** A form with a file that begins with the token, and goes to disk. */
    private static TestForm large(String token) {
        return new TestForm().file("f", "f", "a/b", Arrays.copyOf(token.getBytes(US_ASCII), LARGE));
    }

    private void expectTemporary(String token, int count) throws Exception {
        Eventually.expect(
                count + " files are there",
                () -> site.ask("GET /up/temporary/" + token).text().equals("" + count));
    }

    private String token(String what) {
        return Integer.toHexString(site.toString().hashCode()) + "-"
                + ProcessHandle.current().pid() + "-" + what;
    }
}
