package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import io.bocadillo.App;
import io.bocadillo.ContentCoding;
import io.bocadillo.HttpError;
import io.bocadillo.ServerEvent;
import io.bocadillo.StartupError;
import io.bocadillo.View;
import io.bocadillo.files.ETag;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

    private static final String LONG = "0123456789".repeat(200);

    @TempDir
    private Path folder;

    private final App app = new App();

    private TestClient client() {
        app.use(new Gzip());
        return TestClient.of(app);
    }

    private TestClient zipping() {
        return client().with("Accept-Encoding", "gzip");
    }

    private TestResponse answerOf(View view) {
        app.any("/", view);
        return zipping().get("/");
    }

    private static String unzipped(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void assertZipped(TestResponse answer, String content) {
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.headers().all("Vary")).containsExactly("Accept-Encoding");
        assertThat(unzipped(answer.body())).isEqualTo(content);
    }

    private static void assertPlain(TestResponse answer) {
        assertThat(answer.header("Content-Encoding")).isNull();
    }

    @Test
    void aBodyIsCompressedForAClientThatTakesIt() {
        TestResponse answer = answerOf((req, res) -> res.text(LONG));
        assertZipped(answer, LONG);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
        assertThat(answer.body().length).isLessThan(100);
    }

    @Test
    void anAnswerThatComesLaterIsCompressedToo() {
        CompletableFuture<String> later = new CompletableFuture<>();
        app.get("/", (req, res) -> later.thenCompose(res::text));
        later.completeOnTimeout(LONG, 20, TimeUnit.MILLISECONDS);
        assertZipped(zipping().get("/"), LONG);
    }

    @Test
    void headGetsTheFieldsOfGet() {
        app.get("/", (req, res) -> res.header("ETag", "\"v1\"").text(LONG));
        TestClient client = zipping();
        TestResponse head = client.head("/");
        assertThat(head.headers().toString())
                .isEqualTo(client.get("/").headers().toString());
        assertThat(head.body()).isEmpty();
    }

    /** Chosen by weight; the table of all cases is that of the parser. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            gzip                   | gzip
            br, gzip               | br
            gzip, br;q=0.9         | gzip
            *                      | br
            *;q=0                  | -
            gzip;q=0               | -
            identity;q=0, gzip     | gzip
            identity, gzip;q=0.5   | -
            ''                     | -
            deflate                | -
            """)
    void theCodingIsTheOneTheClientLikesBest(String accepted, String coding) {
        app.get("/", (req, res) -> res.text(LONG));
        TestResponse answer = client().with("Accept-Encoding", accepted).get("/");
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void brotliIsAsGood() throws IOException {
        app.get("/", (req, res) -> res.text(LONG));
        app.get("/stream", (req, res) -> res.header("Content-Type", "text/plain").stream(Stream.of("a", LONG, "b")));
        TestClient client = client().with("Accept-Encoding", "br");
        for (String path : new String[] {"/", "/stream"}) {
            TestResponse answer = client.get(path);
            assertThat(answer.header("Content-Encoding")).isEqualTo("br");
            try (BrotliInputStream in = new BrotliInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(new String(in.readAllBytes(), UTF_8)).contains(LONG);
            }
        }
    }

    @Nested
    class WhatIsLeftAlone {

        @ParameterizedTest
        @CsvSource({"1023, false", "1024, true", "0, false"})
        void whatIsTooSmall(int size, boolean zipped) {
            TestResponse answer = answerOf((req, res) -> res.text("x".repeat(size)));
            assertThat(answer.header("Content-Encoding")).isEqualTo(zipped ? "gzip" : null);
            assertThat(answer.header("Vary")).isEqualTo(zipped ? "Accept-Encoding" : null);
        }

        @Test
        void theSizeIsASetting() {
            app.use(new Gzip().minSize(5));
            app.get("/", (req, res) -> res.text("12345"));
            app.get("/empty", (req, res) -> res.text(""));
            TestClient client = TestClient.of(app).with("Accept-Encoding", "gzip");
            assertZipped(client.get("/"), "12345");
            assertPlain(client.get("/empty"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"image/png", "application/zip", "video/mp4", "application/octet-stream", "font/woff2"})
        void whatIsCompressedAlready(String type) {
            TestResponse answer = answerOf((req, res) -> res.content(LONG.getBytes(UTF_8), type));
            assertPlain(answer);
            assertThat(answer.header("Vary")).isNull();
        }

        @Test
        void theTypesAreASetting() {
            app.use(new Gzip().types(type -> type.equals("application/x-own")));
            app.get("/", (req, res) -> res.content(LONG.getBytes(UTF_8), "application/x-own"));
            app.get("/text", (req, res) -> res.text(LONG));
            TestClient client = TestClient.of(app).with("Accept-Encoding", "gzip");
            assertZipped(client.get("/"), LONG);
            assertPlain(client.get("/text"));
        }

        @Test
        void typesMayBeListed() {
            app.use(new Gzip().types("application/x-own"));
            app.get("/", (req, res) -> res.content(LONG.getBytes(UTF_8), "application/x-own; a=b"));
            app.get("/text", (req, res) -> res.text(LONG));
            TestClient client = TestClient.of(app).with("Accept-Encoding", "gzip");
            assertZipped(client.get("/"), LONG);
            assertPlain(client.get("/text"));
        }

        @ParameterizedTest
        @CsvSource({
            "Content-Encoding, br",
            "Content-Encoding, identity",
            "Cache-Control, 'private, No-Transform'",
            "Content-Range, bytes 0-1999/4000",
            "Repr-Digest, 'sha-256=:x:'",
            "Content-Digest, 'sha-256=:x:'",
            "Digest, sha-256=x",
            "Content-MD5, Q2hlY2sgSW50ZWdyaXR5IQ=="
        })
        void whatSaysThatItIsFinal(String name, String value) {
            TestResponse answer = answerOf((req, res) -> res.header(name, value).text(LONG));
            assertThat(answer.text()).isEqualTo(LONG);
            assertThat(answer.header(name)).isEqualTo(value);
        }

        @Test
        void nothingIsCompressedTwice() {
            app.use(new Gzip());
            assertZipped(answerOf((req, res) -> res.text(LONG)), LONG);
        }

        @Test
        void partsOfFiles() throws IOException {
            Path file = Files.writeString(folder.resolve("a.txt"), LONG);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
            app.get("/", (req, res) -> res.file(file));
            TestClient client = zipping();
            TestResponse part = client.with("Range", "bytes=0-1499").get("/");
            assertThat(part.status()).isEqualTo(206);
            assertPlain(part);
            assertThat(part.body()).hasSize(1500);
            assertThat(part.header("ETag")).startsWith("\"");
        }

        @ParameterizedTest
        @ValueSource(ints = {204, 205})
        void whatHasNoBody(int status) {
            TestResponse answer = answerOf((req, res) -> res.status(status).text(LONG));
            assertPlain(answer);
            assertThat(answer.body()).isEmpty();
        }
    }

    /** RFC 9110, sections 8.8.1, 13.1 and 15.4.5. */
    @Nested
    class Tags {

        private TestClient tagged() {
            app.get("/", (req, res) -> {
                ETag tag = ETag.strong("v1");
                boolean known = req.header("If-None-Match").values().stream()
                        .flatMap(value -> ETag.parse(value).stream())
                        .anyMatch(tag::matchesWeakly);
                res.header("ETag", tag.toString());
                return known ? res.status(304).empty() : res.text(LONG);
            });
            return client();
        }

        @Test
        void theTagOfACompressedBodyIsWeak() {
            TestClient client = tagged();
            assertThat(client.with("Accept-Encoding", "gzip").get("/").header("ETag"))
                    .isEqualTo("W/\"v1\"");
            assertThat(client.get("/").header("ETag")).isEqualTo("\"v1\"");
        }

        @ParameterizedTest
        @CsvSource({"gzip, W/\"v1\", W/\"v1\"", "gzip, \"v1\", \"v1\"", "'', \"v1\", \"v1\"", "'', W/\"v1\", W/\"v1\""})
        void aClientIsToldByTheTagItHas(String accepted, String has, String told) {
            TestResponse answer = tagged().with("Accept-Encoding", accepted)
                    .with("If-None-Match", has)
                    .get("/");
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.header("ETag")).isEqualTo(told);
            assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
            assertPlain(answer);
        }

        @Test
        void aWeakTagStaysAsItIs() {
            assertThat(answerOf((req, res) -> res.header("ETag", "W/\"v1\"").text(LONG))
                            .header("ETag"))
                    .isEqualTo("W/\"v1\"");
        }

        @Test
        void filesGoOnFromTheFormTheClientHas() throws IOException {
            Path file = Files.writeString(folder.resolve("a.txt"), LONG);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
            app.get("/", (req, res) -> res.file(file));
            TestClient client = zipping();
            TestResponse whole = client.get("/");
            assertZipped(whole, LONG);
            assertThat(whole.header("Accept-Ranges")).isNull();
            String weak = whole.header("ETag");
            assertThat(weak).startsWith("W/\"");
            assertThat(client.with("If-None-Match", weak).get("/").status()).isEqualTo(304);
            // The bytes of the compressed form cannot go on with those of the plain one: section 13.1.5.
            TestClient goingOn = client.with("Range", "bytes=10-");
            assertThat(goingOn.with("If-Range", weak).get("/").status()).isEqualTo(200);
            String strong = weak.substring(2);
            assertThat(goingOn.with("If-Range", strong).get("/").status()).isEqualTo(206);
            assertThat(client.with("If-Match", strong).get("/").status()).isEqualTo(200);
        }
    }

    @Nested
    class Streams {

        @Test
        void areCompressedAsTheyComeWithoutALength() {
            TestResponse answer = answerOf((req, res) -> res.header("Content-Type", "application/x-ndjson").stream(
                    IntStream.range(0, 50_000).mapToObj(i -> "{\"n\":" + i + "}\n")));
            assertThat(answer.header("Content-Length")).isNull();
            assertThat(unzipped(answer.body())).startsWith("{\"n\":0}\n").endsWith("{\"n\":49999}\n");
        }

        @Test
        void writersAreToo() {
            TestResponse answer = answerOf((req, res) -> {
                res.header("Content-Type", "text/plain");
                return res.write(out -> out.write(LONG.getBytes(UTF_8)));
            });
            assertZipped(answer, LONG);
        }

        @Test
        void smallOnesOfKnownLengthAreNot() {
            TestResponse answer = answerOf((req, res) -> {
                res.header("Content-Type", "text/plain").contentLength(5);
                return res.stream(Stream.of("hello"));
            });
            assertPlain(answer);
            assertThat(answer.text()).isEqualTo("hello");
        }

        /** They are on their way as long as the client reads, of whatever length they are. RFC 7932, section 9.1: WBITS. */
        @Test
        void onlyABodyInMemoryHasAWindowOfFullSize() throws IOException {
            Path file = Files.writeString(folder.resolve("a.txt"), LONG);
            app.get("/memory", (req, res) -> res.text(LONG));
            app.get("/file", (req, res) -> res.file(file));
            app.get("/stream", (req, res) -> res.header("Content-Type", "text/plain").stream(Stream.of(LONG)));
            app.get(
                    "/known",
                    (req, res) -> res.contentLength(LONG.length()).header("Content-Type", "text/plain").stream(
                            Stream.of(LONG)));
            TestClient client = client().with("Accept-Encoding", "br");
            assertThat(windowBits(client.get("/memory"))).isEqualTo(22);
            for (String path : new String[] {"/file", "/stream", "/known"}) {
                assertThat(windowBits(client.get(path))).as(path).isEqualTo(16);
            }
        }

        private static int windowBits(TestResponse answer) {
            assertThat(answer.header("Content-Encoding")).isEqualTo("br");
            int first = answer.body()[0];
            return (first & 1) == 0 ? 16 : 17 + (first >> 1 & 7);
        }

        @Test
        void headStartsNone() {
            app.get("/", (req, res) -> {
                res.header("Content-Type", "text/plain");
                return res.write(out -> {
                    throw new AssertionError("nobody reads it");
                });
            });
            TestResponse head = zipping().head("/");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(head.body()).isEmpty();
        }

        @Test
        void anErrorBeforeTheFirstPieceIsAnsweredAsOneOfAView() {
            TestResponse answer = answerOf((req, res) -> {
                res.header("Content-Type", "text/plain");
                return res.write(out -> {
                    throw new HttpError(409, "taken");
                });
            });
            assertThat(answer.status()).isEqualTo(409);
            assertPlain(answer);
            assertThat(answer.text()).contains("taken");
        }

        @Test
        void aDeclaredLengthIsThatOfThePlainBytes() {
            app.get("/", (req, res) -> {
                res.header("Content-Type", "text/plain").contentLength(LONG.length() + 1);
                return res.stream(Stream.of(LONG));
            });
            TestClient client = zipping();
            assertThatIllegalStateException().isThrownBy(() -> client.get("/")).withMessageContaining("breaks off");
        }

        /** Of which the second one is sent when what this returns is completed. */
        private CompletableFuture<Void> twoEvents() {
            CompletableFuture<Void> second = new CompletableFuture<>();
            app.get(
                    "/",
                    (req, res) -> res.events(events -> {
                        events.send(ServerEvent.of("one"));
                        second.thenRun(() -> {
                            events.send(ServerEvent.of("two"));
                            events.close();
                        });
                    }));
            return second;
        }

        @Test
        void eachEventIsReadableWhenItComes() throws Exception {
            CompletableFuture<Void> second = twoEvents();
            try (Inflated stream = new Inflated(zipping())) {
                assertThat(stream.until("one\n\n")).isEqualTo("data: one\n\n");
                second.complete(null);
                assertThat(stream.until("two\n\n")).isEqualTo("data: two\n\n");
                assertThat(stream.header("Content-Encoding")).isEqualTo("gzip");
                assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            }
        }

        @Test
        void eachEventIsReadableByBrotliToo() throws Exception {
            CompletableFuture<Void> second = twoEvents();
            try (TestStream stream = client().with("Accept-Encoding", "br").stream("/")) {
                assertThat(stream.headers().get("Content-Encoding")).isEqualTo("br");
                ByteArrayOutputStream come = new ByteArrayOutputStream();
                assertThat(unbrotlied(stream, come, "one\n\n")).isEqualTo("data: one\n\n");
                second.complete(null);
                assertThat(unbrotlied(stream, come, "two\n\n")).isEqualTo("data: one\n\ndata: two\n\n");
            }
        }

        /** Its memory is outside of the heap: nobody else would free it. */
        @Test
        void aClientThatGoesFreesTheEncoder() throws Exception {
            CompletableFuture<OutputStream> freed = new CompletableFuture<>();
            ContentCoding watched = new ContentCoding() {
                @Override
                public String name() {
                    return "br";
                }

                @Override
                public OutputStream encode(OutputStream to) throws IOException {
                    return new FilterOutputStream(Brotli.OF_STREAMS.encode(to)) {
                        @Override
                        public void close() throws IOException {
                            super.close();
                            freed.complete(out);
                        }
                    };
                }
            };
            app.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.encode(watched)));
            app.get("/", (req, res) -> res.events(events -> events.send(ServerEvent.of("one"))));
            try (TestStream stream = TestClient.of(app).stream("/")) {
                assertThat(stream.nextBytes()).isNotEmpty();
                assertThat(freed).isNotDone();
            }
            OutputStream encoder = freed.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(encoder::flush).isInstanceOf(IOException.class);
        }

        private static String unbrotlied(TestStream stream, ByteArrayOutputStream come, String end) throws Exception {
            String text = "";
            while (!text.contains(end)) {
                come.write(stream.nextBytes());
                text = Unbrotlied.text(come.toByteArray());
            }
            return text;
        }
    }

    @Nested
    class Errors {

        @Test
        void theirAnswersAreCompressedToo() {
            TestResponse answer = answerOf((req, res) -> {
                throw new HttpError(400, LONG);
            });
            assertThat(answer.status()).isEqualTo(400);
            assertThat(unzipped(answer.body())).contains(LONG);
        }

        @Test
        void whoAnswersAnewOutsideOfItIsNotCompressed() {
            app.use((req, res, next) -> next.handle(req, res).thenCompose(nothing -> res.text("instead")));
            TestResponse answer = answerOf((req, res) -> res.text(LONG));
            assertThat(answer.text()).isEqualTo("instead");
            assertPlain(answer);
        }

        @Test
        void whoFailsOutsideOfItIsNotCompressed() {
            app.use((req, res, next) -> next.handle(req, res).thenRun(() -> {
                throw new HttpError(503);
            }));
            TestResponse answer = answerOf((req, res) -> res.text(LONG));
            assertThat(answer.status()).isEqualTo(503);
            assertPlain(answer);
            assertThat(answer.text()).startsWith("{");
        }

        @Test
        void anEncoderThatFailsIsA500() {
            app.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.encode(new Failing())));
            TestResponse answer = answerOf((req, res) -> res.text("x"));
            assertThat(answer.status()).isEqualTo(500);
            assertPlain(answer);
        }
    }

    record Failing() implements ContentCoding {

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public OutputStream encode(OutputStream to) {
            return new FilterOutputStream(to) {
                @Override
                public void write(byte[] bytes) throws IOException {
                    throw new IOException("full");
                }
            };
        }
    }

    @Test
    void levelAndSizeAreChecked() {
        for (int level : new int[] {-1, 0, 10}) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(() -> new Gzip().level(level))
                    .withMessage("Gzip.level: expected 1 to 9, got '" + level + "'. Use 6, or leave it out.");
        }
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> new Gzip().minSize(-1));
    }

    @Test
    void aHigherLevelIsSmaller() {
        StringBuilder text = new StringBuilder();
        new Random(5)
                .ints(20_000, 0, 50)
                .forEach(word -> text.append("word").append(word * word).append(' '));
        int[] sizes = new int[2];
        for (int i = 0; i < 2; i++) {
            App levelled = new App();
            levelled.use(new Gzip().level(i == 0 ? 1 : 9));
            levelled.get("/", (req, res) -> res.text(text.toString()));
            TestResponse answer =
                    TestClient.of(levelled).with("Accept-Encoding", "gzip").get("/");
            assertThat(unzipped(answer.body())).isEqualTo(text.toString());
            sizes[i] = answer.body().length;
        }
        assertThat(sizes[1]).isLessThan(sizes[0]);
    }

    /** What a client makes of a compressed stream that goes on. */
    private static final class Inflated implements AutoCloseable {

        private final TestStream stream;
        private final Inflater inflater = new Inflater(true);
        private final StringBuilder text = new StringBuilder();
        private int head = 10;

        Inflated(TestClient client) {
            this.stream = client.stream("/");
        }

        String header(String name) {
            return stream.headers().get(name);
        }

        String until(String end) throws Exception {
            while (text.indexOf(end) < 0) {
                inflate(stream.nextBytes());
            }
            String found = text.substring(0, text.indexOf(end) + end.length());
            text.delete(0, found.length());
            return found;
        }

        private void inflate(byte[] piece) throws Exception {
            int skipped = Math.min(head, piece.length);
            head -= skipped;
            inflater.setInput(piece, skipped, piece.length - skipped);
            byte[] out = new byte[1024];
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int count = inflater.inflate(out); count > 0; count = inflater.inflate(out)) {
                all.write(out, 0, count);
            }
            text.append(all.toString(UTF_8));
        }

        @Override
        public void close() {
            stream.close();
            inflater.end();
        }
    }
}
