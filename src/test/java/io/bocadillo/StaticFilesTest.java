package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {

    private static final String CHANGED = "Mon, 02 Sep 2024 10:00:00 GMT";

    @TempDir
    private Path temporary;

    private Path root;
    private final App app = new App();

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectories(temporary.resolve("S"));
        file("a.txt", "0123456789");
        file("sp ace.txt", "space");
        file("sub/b.txt", "below");
        file("sub/index.html", "<h1>Sub</h1>");
        file("index.html", "<h1>Home</h1>");
        file(".hidden", "SECRET");
        file(".git/config", "SECRET");
        file("WEB-INF/web.xml", "SECRET");
        file("Main.class", "SECRET");
        Files.writeString(temporary.resolve("secret.txt"), "SECRET");
        Files.createDirectories(temporary.resolve("S-private"));
        Files.writeString(temporary.resolve("S-private/secret.txt"), "SECRET");
    }

    private Path file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
    }

    private TestClient client(StaticFiles files) {
        app.staticFiles("/assets", files);
        return TestClient.of(app);
    }

    private TestClient client() {
        return client(StaticFiles.directory(root));
    }

    private static String json404() {
        return "{\"error\":\"404 Not Found\",\"status\":404}";
    }

    @Test
    void aFileIsServedWithWhatItSaysOfItself() {
        TestResponse answer = client().get("/assets/a.txt");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("0123456789");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("Content-Length")).isEqualTo("10");
        assertThat(answer.header("Last-Modified")).isEqualTo(CHANGED);
        assertThat(answer.header("ETag")).isEqualTo("\"a-66d58ca0.0\"");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Vary")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/assets/sp%20ace.txt, space", "/assets/sub/b.txt, below", "/assets/%61.txt, 0123456789"})
    void pathsAreDecodedOnce(String path, String text) {
        assertThat(client().get(path).text()).isEqualTo(text);
    }

    @Test
    void theTagIsTheSameOnAllServersThatHaveTheFileWithItsTime() throws IOException {
        String tag = client().head("/assets/a.txt").header("ETag");
        Path copy = Files.createDirectories(temporary.resolve("copy")).resolve("a.txt");
        Files.copy(root.resolve("a.txt"), copy, StandardCopyOption.COPY_ATTRIBUTES);
        App other = new App();
        other.staticFiles("/assets", StaticFiles.directory(copy.getParent()));
        TestClient elsewhere = TestClient.of(other).with("If-None-Match", tag);
        assertThat(elsewhere.get("/assets/a.txt").status()).isEqualTo(304);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2024-09-02T10:00:00.000000001Z")));
        assertThat(elsewhere.get("/assets/a.txt").status()).isEqualTo(200);
    }

    @Test
    void headGetsTheFieldsOfGetAndNoBody() {
        TestClient client = client();
        TestResponse head = client.head("/assets/a.txt");
        assertThat(head.headers().toString())
                .isEqualTo(client.get("/assets/a.txt").headers().toString());
        assertThat(head.body()).isEmpty();
    }

    @Nested
    class WhatIsNotServed {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/assets/none.txt",
                    "/assets",
                    "/assets/",
                    "/assets/sub",
                    "/assets/sub/",
                    "/assets/a.txt/",
                    "/assets/a.txt/b",
                    "/assets/.hidden",
                    "/assets/.git/config",
                    "/assets/WEB-INF/web.xml",
                    "/assets/web-inf/web.xml",
                    "/assets/Main.class",
                    "/assets/%252e%252e%252fsecret.txt",
                    "/assets/nul",
                    "/assets/C:/a.txt",
                    "/assets/a.txt::$DATA",
                    "/assets/a.txt.",
                    "/assets/a.txt%20"
                })
        void isTheAppsOwn404(String path) {
            TestResponse answer = client().get(path);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).isEqualTo(json404());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/assets/../secret.txt",
                    "/assets/%2e%2e/secret.txt",
                    "/assets/..%2fsecret.txt",
                    "/assets/..%5csecret.txt",
                    "/assets/..;/secret.txt",
                    "/assets/sub/../../secret.txt",
                    "/assets/..%2fS-private/secret.txt",
                    "/assets//etc/passwd",
                    "/assets/a.txt%00.html",
                    "/assets/%c0%ae%c0%ae%c0%afsecret.txt",
                    "/assets/%u002e%u002e/secret.txt"
                })
        void orHasNoPath(String path) {
            TestResponse answer = client().get(path);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("SECRET");
        }

        @Test
        void linksThatLeadOutAreNot() throws IOException {
            Files.createSymbolicLink(root.resolve("file.txt"), temporary.resolve("secret.txt"));
            Files.createSymbolicLink(root.resolve("folder"), temporary.resolve("S-private"));
            Files.createSymbolicLink(root.resolve("up"), temporary);
            Files.createSymbolicLink(root.resolve("shown.txt"), root.resolve(".hidden"));
            Files.createSymbolicLink(root.resolve("broken.txt"), root.resolve("nowhere"));
            Files.createSymbolicLink(root.resolve("inside.txt"), root.resolve("a.txt"));
            TestClient client = client();
            for (String path :
                    new String[] {"file.txt", "folder/secret.txt", "up/secret.txt", "shown.txt", "broken.txt"}) {
                assertThat(client.get("/assets/" + path).status()).as(path).isEqualTo(404);
            }
            assertThat(client.get("/assets/inside.txt").text()).isEqualTo("0123456789");
        }

        @Test
        void aFolderThatIsItselfALinkMayMove() throws IOException {
            Path current = temporary.resolve("current");
            Files.createSymbolicLink(current, root);
            TestClient client = client(StaticFiles.directory(current));
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("0123456789");
            Path next = Files.createDirectories(temporary.resolve("next"));
            Files.writeString(next.resolve("a.txt"), "next");
            Files.delete(current);
            Files.createSymbolicLink(current, next);
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("next");
        }

        @Test
        void anErrorHandlerOfTheAppSeesIt() {
            app.onError(
                    HttpError.class,
                    (req, res, error) -> res.status(error.status()).text("own " + error.status()));
            assertThat(client().get("/assets/none").text()).isEqualTo("own 404");
        }
    }

    @Nested
    class Methods {

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "PROPFIND"})
        void othersThanGetAndHeadAre405WithAllow(String method) {
            TestResponse answer = client().request(method, "/assets/a.txt", new byte[0]);
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }

        @Test
        void optionsIsAnsweredWithAllow() {
            TestResponse answer = client().options("/assets/a.txt");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }

        @Test
        void whatIsMissingIsMissingForAllMethods() {
            assertThat(client().post("/assets/none.txt").status()).isEqualTo(404);
        }

        @Test
        void thoseOfRoutesOnThePathAreAllowedToo() {
            app.put("/assets/a.txt", (req, res) -> res.text("put"));
            TestClient client = client();
            assertThat(client.put("/assets/a.txt", "x").text()).isEqualTo("put");
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("0123456789");
            TestResponse answer = client.delete("/assets/a.txt");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, PUT, OPTIONS");
        }
    }

    @Nested
    class Precedence {

        @Test
        void aRouteWinsWhicheverWasRegisteredFirst() {
            app.get("/assets/sub/b.txt", (req, res) -> res.text("earlier"));
            app.staticFiles("/assets", StaticFiles.directory(root));
            app.get("/assets/a.txt", (req, res) -> res.text("later"));
            TestClient client = TestClient.of(app);
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("later");
            assertThat(client.get("/assets/sub/b.txt").text()).isEqualTo("earlier");
            assertThat(client.get("/assets/sp%20ace.txt").text()).isEqualTo("space");
        }

        @Test
        void ofSeveralWithAFileTheFirstCounts() throws IOException {
            Path second = Files.createDirectories(temporary.resolve("second"));
            Files.writeString(second.resolve("a.txt"), "second");
            Files.writeString(second.resolve("c.txt"), "third");
            app.staticFiles("/assets", StaticFiles.directory(root));
            TestClient client = client(StaticFiles.directory(second));
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("0123456789");
            assertThat(client.get("/assets/c.txt").text()).isEqualTo("third");
        }

        @Test
        void filesAtTheRootLeaveTheRestOfTheAppAsItIs() {
            app.get("/slash/", (req, res) -> res.text("slash"));
            app.post("/todos", (req, res) -> res.text("made"));
            app.staticFiles("/", StaticFiles.directory(root).index());
            TestClient client = TestClient.of(app);
            assertThat(client.get("/").text()).isEqualTo("<h1>Home</h1>");
            assertThat(client.get("/a.txt").text()).isEqualTo("0123456789");
            assertThat(client.get("/slash").header("Location")).isEqualTo("/slash/");
            assertThat(client.get("/todos").status()).isEqualTo(405);
            assertThat(client.get("/none").status()).isEqualTo(404);
        }

        @Test
        void aMissingFileIsNoRouteThatLacksItsSlash() {
            app.get("/{a}/{b}/", (req, res) -> res.text("two"));
            assertThat(client().get("/assets/none.js").status()).isEqualTo(404);
        }

        @Test
        void middlewareSeesThem() {
            app.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.header("X-Seen", "" + res.status())));
            assertThat(client().get("/assets/a.txt").header("X-Seen")).isEqualTo("200");
        }

        @Test
        void theStandardFolderIsOnTheClassPathToo() {
            assertThat(TestClient.of(app).get("/static/hello.txt").text()).isEqualTo("hello from the class path\n");
        }

        @Test
        void oneSettingSwitchesTheStandardFolderOff() {
            App without = new App(Settings.defaults().staticFiles(false));
            assertThat(TestClient.of(without).get("/static/hello.txt").status()).isEqualTo(404);
        }
    }

    /** RFC 9110, section 13. */
    @Nested
    class Conditions {

        @ParameterizedTest(name = "{0} {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                # If-None-Match, section 13.1.2
                GET  | If-None-Match: TAG                                   | 304
                HEAD | If-None-Match: TAG                                   | 304
                GET  | If-None-Match: "other", TAG                          | 304
                GET  | If-None-Match: W/TAG                                 | 304
                GET  | If-None-Match: *                                     | 304
                GET  | If-None-Match: "other"                               | 200
                # If-Modified-Since, section 13.1.3
                GET  | If-Modified-Since: Mon, 02 Sep 2024 10:00:00 GMT     | 304
                GET  | If-Modified-Since: Mon, 02 Sep 2024 09:59:59 GMT     | 200
                # If-Match, section 13.1.1
                GET  | If-Match: TAG                                        | 200
                GET  | If-Match: "other"                                    | 412
                # If-Unmodified-Since, section 13.1.4
                GET  | If-Unmodified-Since: Mon, 02 Sep 2024 10:00:00 GMT   | 200
                GET  | If-Unmodified-Since: Mon, 02 Sep 2024 09:59:59 GMT   | 412
                # Range, section 14.2
                GET  | Range: bytes=2-4                                     | 206
                HEAD | Range: bytes=2-4                                     | 200
                GET  | Range: bytes=10-                                     | 416
                """)
        void areLookedAt(String method, String condition, int status) {
            TestClient client = client();
            String tag = client.head("/assets/a.txt").header("ETag");
            int colon = condition.indexOf(':');
            TestResponse answer = client.with(
                            condition.substring(0, colon),
                            condition.substring(colon + 2).replace("TAG", tag))
                    .request(method, "/assets/a.txt", new byte[0]);
            assertThat(answer.status()).isEqualTo(status);
            if (status == 304) {
                assertThat(answer.header("ETag")).isEqualTo(tag);
                assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
                assertThat(answer.header("Content-Type")).isNull();
            }
            if (status == 412 || status == 416) {
                assertThat(answer.header("Cache-Control")).isNull();
            }
        }

        @Test
        void aRangeIsASliceAndSeveralAreParts() {
            TestClient client = client();
            TestResponse one = client.with("Range", "bytes=2-4").get("/assets/a.txt");
            assertThat(one.text()).isEqualTo("234");
            assertThat(one.header("Content-Range")).isEqualTo("bytes 2-4/10");
            TestResponse two = client.with("Range", "bytes=8-9,0-1").get("/assets/a.txt");
            assertThat(two.header("Content-Type")).startsWith("multipart/byteranges");
            assertThat(two.text()).contains("bytes 8-9/10", "bytes 0-1/10");
        }
    }

    @Nested
    class Siblings {

        @BeforeEach
        void compress() throws IOException {
            file("app.js", "plain script");
            file("app.js.gz", "GZIPPED");
            file("app.js.br", "BROTLI");
            file("only.css", "plain style");
            file("only.css.gz", "GZIPPED STYLE");
            file("photo.png", "PNG");
            file("photo.png.gz", "never");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                gzip, deflate, br          | br   | BROTLI
                gzip                       | gzip | GZIPPED
                x-gzip                     | gzip | GZIPPED
                br;q=0.1, gzip;q=0.5       | gzip | GZIPPED
                br;q=0, *                  | gzip | GZIPPED
                gzip;q=0                   | -    | plain script
                identity, gzip;q=0.5       | -    | plain script
                ''                         | -    | plain script
                zstd                       | -    | plain script
                """)
        void areChosenByWeight(String accepted, String coding, String content) {
            TestResponse answer = client().with("Accept-Encoding", accepted).get("/assets/app.js");
            assertThat(answer.text()).isEqualTo(content);
            assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
            assertThat(answer.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
            assertThat(answer.header("Content-Length")).isEqualTo("" + content.length());
            assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
        }

        @Test
        void aClientThatSaysNothingGetsThePlainFile() {
            TestResponse answer = client().get("/assets/app.js");
            assertThat(answer.text()).isEqualTo("plain script");
            assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
        }

        @Test
        void haveTagsOfTheirOwn() {
            TestClient client = client();
            TestResponse plain = client.get("/assets/app.js");
            TestResponse gzip = client.with("Accept-Encoding", "gzip").get("/assets/app.js");
            TestResponse brotli = client.with("Accept-Encoding", "br").get("/assets/app.js");
            assertThat(Stream.of(plain, gzip, brotli).map(answer -> answer.header("ETag")))
                    .doesNotHaveDuplicates();
            TestClient again = client.with("If-None-Match", gzip.header("ETag"));
            TestResponse unchanged = again.with("Accept-Encoding", "gzip").get("/assets/app.js");
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(unchanged.header("Content-Encoding")).isNull();
            assertThat(again.get("/assets/app.js").status()).isEqualTo(200);
        }

        @Test
        void rangesAreOfTheCodedForm() {
            TestClient client = client().with("Accept-Encoding", "gzip");
            TestResponse part = client.with("Range", "bytes=1-3").get("/assets/app.js");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.text()).isEqualTo("ZIP");
            assertThat(part.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(part.header("Content-Range")).isEqualTo("bytes 1-3/7");
            TestResponse parts = client.with("Range", "bytes=0-1,4-5").get("/assets/app.js");
            assertThat(parts.header("Content-Encoding")).isNull();
            assertThat(parts.text()).contains("bytes 0-1/12", "bytes 4-5/12");
        }

        @Test
        void headSaysTheSame() {
            TestClient client = client().with("Accept-Encoding", "br");
            assertThat(client.head("/assets/app.js").headers().toString())
                    .isEqualTo(client.get("/assets/app.js").headers().toString());
        }

        @Test
        void areNotLookedForWhereTheyAreOfNoUse() {
            TestResponse answer = client().with("Accept-Encoding", "gzip").get("/assets/photo.png");
            assertThat(answer.text()).isEqualTo("PNG");
            assertThat(answer.header("Vary")).isNull();
        }

        @Test
        void oneThatIsOlderThanItsFileIsOfAnEarlierVersion() throws IOException {
            Path script = root.resolve("app.js");
            TestClient client = client().with("Accept-Encoding", "gzip, br");
            FileTime built = Files.getLastModifiedTime(script);
            Files.setLastModifiedTime(
                    root.resolve("app.js.br"), FileTime.from(built.toInstant().minusSeconds(3)));
            assertThat(client.get("/assets/app.js").text()).isEqualTo("GZIPPED");
            Files.setLastModifiedTime(script, FileTime.from(built.toInstant().plusSeconds(3)));
            assertThat(client.get("/assets/app.js").text()).isEqualTo("plain script");
            Files.setLastModifiedTime(
                    root.resolve("app.js.gz"), FileTime.from(built.toInstant().plusSeconds(1)));
            assertThat(client.get("/assets/app.js").text()).isEqualTo("GZIPPED");
        }

        @Test
        void varyKeepsWhatOthersHaveSaid() {
            app.use((req, res, next) -> {
                res.headers().vary("Origin");
                return next.handle(req, res);
            });
            assertThat(client().get("/assets/only.css").header("Vary")).isEqualTo("Origin, Accept-Encoding");
        }
    }

    @Nested
    class Caching {

        private static final String FOR_EVER = "public, max-age=31536000, immutable";

        @ParameterizedTest
        @CsvSource({
            "app.3f2a9c1b.js, true",
            "app-3f2a9c1b.js, true",
            "app.3f2a9c1b.min.js, true",
            "app.3f2a9c1b4d5e6f708192a3b4c5d6e7f8.css, true",
            "app.3f2a9c1.js, false",
            "app.js, false",
            "photo-20240902.jpg, false",
            "my-facade.js, false",
            "deadbeef.js, false",
            "3f2a9c1b.js, false",
            "app.3F2A9C1B.js, false",
            "photo-550e8400-e29b-41d4-a716-446655440a00.jpg, false",
            "550e8400-e29b-41d4-a716-446655440a00.jpg, false",
            "550e8400-e29b-41d4-a716-446655440a00.min.js, false",
            "photo.550e8400-e29b-41d4-a716-446655440a00.jpg, false",
            "photo-446655440a00.jpg, true",
            "a716-446655440a00.jpg, true",
            "550e8400-e29b-41d4-a716-446655440a00.3f2a9c1b.js, true",
            "507f1f77bcf86cd799439011.jpg, false",
            "app.3f2a9c1b, false"
        })
        void namesWithAHashMayBeKeptForEver(String name, boolean immutable) throws IOException {
            file(name, "x");
            assertThat(client().get("/assets/" + name).header("Cache-Control"))
                    .isEqualTo(immutable ? FOR_EVER : "no-cache");
        }

        @Test
        void otherNamesForAsLongAsTheAppSays() throws IOException {
            file("app.3f2a9c1b.js", "x");
            TestClient client = client(StaticFiles.directory(root).maxAge(Duration.ofMinutes(5)));
            assertThat(client.get("/assets/a.txt").header("Cache-Control")).isEqualTo("public, max-age=300");
            assertThat(client.get("/assets/app.3f2a9c1b.js").header("Cache-Control"))
                    .isEqualTo(FOR_EVER);
            assertThat(client.get("/assets/index.html").header("Cache-Control")).isEqualTo("no-cache");
        }

        @Test
        void pagesForAsLongAsTheAppSaysOfThem() throws IOException {
            file("page.3f2a9c1b.html", "x");
            file("page.html.gz", "x");
            file("page.HTM", "x");
            StaticFiles files = StaticFiles.directory(root)
                    .pageMaxAge(Duration.ofMinutes(1))
                    .maxAge(Duration.ofHours(1))
                    .index()
                    .fallback("sub/index.html");
            TestClient client = client(files).with("Accept", "text/html");
            for (String path : new String[] {"index.html", "", "page.HTM", "none"}) {
                assertThat(client.get("/assets/" + path).header("Cache-Control"))
                        .as(path)
                        .isEqualTo("public, max-age=60");
            }
            assertThat(client.get("/assets/a.txt").header("Cache-Control")).isEqualTo("public, max-age=3600");
            assertThat(client.get("/assets/page.html.gz").header("Cache-Control"))
                    .isEqualTo("public, max-age=3600");
            assertThat(client.get("/assets/page.3f2a9c1b.html").header("Cache-Control"))
                    .isEqualTo(FOR_EVER);
        }

        @Test
        void whichNamesAreForEverCanBeSaid() throws IOException {
            file("vite/index-Bx3_kQpZ.js", "x");
            TestClient client = client(StaticFiles.directory(root).immutable(name -> name.startsWith("vite/")));
            assertThat(client.get("/assets/vite/index-Bx3_kQpZ.js").header("Cache-Control"))
                    .isEqualTo(FOR_EVER);
            assertThat(client.get("/assets/a.txt").header("Cache-Control")).isEqualTo("no-cache");
        }

        @Test
        void whatMiddlewareHasSaidStays() {
            app.use((req, res, next) -> {
                res.header("Cache-Control", "private");
                return next.handle(req, res);
            });
            assertThat(client().get("/assets/a.txt").header("Cache-Control")).isEqualTo("private");
        }

        @Test
        void aNegativeTimeIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StaticFiles.directory(root).maxAge(Duration.ofSeconds(-1)))
                    .withMessage("maxAge: expected zero or more, got 'PT-1S'. Use zero for files that are"
                            + " asked for anew each time.");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StaticFiles.directory(root).pageMaxAge(Duration.ofSeconds(-1)))
                    .withMessage("pageMaxAge: expected zero or more, got 'PT-1S'. Use zero for files that are"
                            + " asked for anew each time.");
        }
    }

    @Nested
    class Indexes {

        @Test
        void areServedForFoldersOnRequest() {
            TestClient client = client(StaticFiles.directory(root).index());
            assertThat(client.get("/assets/").text()).isEqualTo("<h1>Home</h1>");
            TestResponse sub = client.get("/assets/sub/");
            assertThat(sub.text()).isEqualTo("<h1>Sub</h1>");
            assertThat(sub.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        }

        @Test
        void aFolderWithoutItsSlashIsRedirectedForItsLinksToWork() {
            TestClient client = client(StaticFiles.directory(root).index());
            TestResponse answer = client.get("/assets/sub?x=1");
            assertThat(answer.status()).isEqualTo(308);
            assertThat(answer.header("Location")).isEqualTo("/assets/sub/?x=1");
            assertThat(client.get("/assets").header("Location")).isEqualTo("/assets/");
            assertThat(client.post("/assets/sub").status()).isEqualTo(404);
        }

        @Test
        void aFolderWithoutOneIsNotListed() throws IOException {
            file("bare/x.txt", "x");
            TestResponse answer = client(StaticFiles.directory(root).index()).get("/assets/bare/");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).doesNotContain("x.txt");
        }
    }

    @Nested
    class Fallback {

        private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        private TestClient client() {
            app.get("/api/todos", (req, res) -> res.json(Map.of()));
            app.staticFiles("/", StaticFiles.directory(root).index().fallback("index.html"));
            return TestClient.of(app);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/todos", "/todos/7", "/todos/", "/users/john.doe", "/page.html"})
        void thePageIsServedWhereABrowserNavigates(String path) {
            TestResponse answer = client().with("Accept", BROWSER).get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("<h1>Home</h1>");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(answer.header("Vary")).isEqualTo("Accept");
        }

        @ParameterizedTest
        @CsvSource({
            "/missing.js, 'text/html,*/*'",
            "/assets/missing.3f2a9c1b.css, text/html",
            "/missing.png, text/html",
            "/todos, */*",
            "/todos, application/json",
            "/todos, text/html;q=0",
            "/todos, image/*"
        })
        void missingAssetsAndDataStayMissing(String path, String accept) {
            assertThat(client().with("Accept", accept).get(path).status()).isEqualTo(404);
        }

        @Test
        void thePageIsServedWhereOnlyOtherMethodsHaveARoute() {
            app.post("/login", (req, res) -> res.text("in"));
            TestClient client = client();
            TestClient browser = client.with("Accept", BROWSER);
            assertThat(browser.get("/login").text()).isEqualTo("<h1>Home</h1>");
            assertThat(browser.head("/login").status()).isEqualTo(200);
            assertThat(browser.post("/login").text()).isEqualTo("in");
            TestResponse script = client.get("/login");
            assertThat(script.status()).isEqualTo(405);
            assertThat(script.header("Allow")).isEqualTo("POST, OPTIONS");
            assertThat(browser.delete("/login").status()).isEqualTo(405);
            assertThat(browser.options("/login").header("Allow")).isEqualTo("POST, OPTIONS");
        }

        /** RFC 9110, section 12.5.5: caches must know that another client might get the page. */
        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "GET, /todos, 404, Accept",
                    "HEAD, /todos, 404, Accept",
                    "GET, /todos/, 404, Accept",
                    "GET, /page.html, 404, Accept",
                    "GET, /login, 405, Accept",
                    "POST, /todos, 404, -",
                    "DELETE, /login, 405, -",
                    "GET, /missing.js, 404, -",
                    "GET, /a.txt, 200, -"
                })
        void whatDependsOnAcceptSaysSo(String method, String path, int status, String vary) {
            app.post("/login", (req, res) -> res.text("in"));
            TestResponse answer = client().with("Accept", "application/json").request(method, path, new byte[0]);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Vary")).isEqualTo(vary);
        }

        @Test
        void whatOthersHaveSaidOfItStays() {
            app.use((req, res, next) -> {
                res.headers().vary("Origin");
                return next.handle(req, res);
            });
            TestClient client = client();
            assertThat(client.get("/todos").header("Vary")).isEqualTo("Origin, Accept");
            assertThat(client.with("Accept", BROWSER).get("/todos").header("Vary"))
                    .isEqualTo("Origin, Accept");
            assertThat(client.get("/missing.js").header("Vary")).isEqualTo("Origin");
        }

        @Test
        void belowAPrefixAloneIsBelowItAlone() {
            app.staticFiles("/app", StaticFiles.directory(root).fallback("index.html"));
            TestClient client = TestClient.of(app).with("Accept", BROWSER);
            assertThat(client.get("/app/todos").status()).isEqualTo(200);
            TestResponse outside = client.get("/todos");
            assertThat(outside.status()).isEqualTo(404);
            assertThat(outside.header("Vary")).isNull();
        }

        @Test
        void otherMethodsAndRoutesDoNotGetIt() {
            TestClient client = client().with("Accept", BROWSER);
            assertThat(client.post("/todos").status()).isEqualTo(404);
            assertThat(client.post("/api/todos").status()).isEqualTo(405);
            assertThat(client.get("/api/todos").text()).isEqualTo("{}");
            assertThat(client.head("/todos").status()).isEqualTo(200);
        }

        @Test
        void aRouteThatLacksItsSlashComesFirst() {
            app.get("/docs/", (req, res) -> res.text("docs"));
            assertThat(client().with("Accept", BROWSER).get("/docs").status()).isEqualTo(308);
        }
    }

    @Nested
    class ClassPath {

        private Path jar(Map<String, String> entries) throws IOException {
            Path jar = temporary.resolve("lib.jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream zip = new JarOutputStream(out)) {
                for (Map.Entry<String, String> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue().getBytes(UTF_8));
                    zip.closeEntry();
                }
            }
            return Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
        }

        /** What is made by a thread that sees these on its class path. */
        private <T> T with(Supplier<T> made, Path... classPath) throws IOException {
            URL[] urls = new URL[classPath.length];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = classPath[i].toUri().toURL();
            }
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(new URLClassLoader(urls, null));
            try {
                return made.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        @Test
        void filesInJarsAreServedAsOthersAre() throws IOException {
            Path jar = jar(Map.of(
                    "public/a.txt", "0123456789",
                    "public/app.js", "plain",
                    "public/app.js.gz", "GZIPPED",
                    "public/.env", "SECRET",
                    "public/A.class", "SECRET",
                    "public/META-INF/x", "SECRET",
                    "public/", "",
                    "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n"));
            TestClient client = client(with(() -> StaticFiles.classPath("public"), jar));
            TestResponse answer = client.get("/assets/a.txt");
            assertThat(answer.text()).isEqualTo("0123456789");
            assertThat(answer.header("Last-Modified")).isEqualTo(CHANGED);
            assertThat(client.with("If-None-Match", answer.header("ETag"))
                            .get("/assets/a.txt")
                            .status())
                    .isEqualTo(304);
            assertThat(client.with("Range", "bytes=-2").get("/assets/a.txt").text())
                    .isEqualTo("89");
            assertThat(client.with("Accept-Encoding", "gzip")
                            .get("/assets/app.js")
                            .text())
                    .isEqualTo("GZIPPED");
            for (String path : new String[] {"", ".env", "A.class", "META-INF/x", "none"}) {
                assertThat(client.get("/assets/" + path).status()).as(path).isEqualTo(404);
            }
        }

        @Test
        void aJarThatIsReplacedIsLookedAtAnew() throws IOException {
            Map<String, String> before = Map.of("public/a.txt", "one", "public/b.txt", "b", "public/c.txt", "c");
            TestClient client = client(with(() -> StaticFiles.classPath("public"), jar(before)));
            String tag = client.get("/assets/a.txt").header("ETag");
            String same = client.head("/assets/b.txt").header("ETag");
            assertThat(client.get("/assets/c.txt").text()).isEqualTo("c");
            Path jar = jar(Map.of("public/a.txt", "changed", "public/b.txt", "b", "public/n.txt", "new"));
            Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2024-09-03T10:00:00Z")));
            TestResponse after = client.with("If-None-Match", tag).get("/assets/a.txt");
            assertThat(after.status()).isEqualTo(200);
            assertThat(after.text()).isEqualTo("changed");
            assertThat(after.header("Last-Modified")).isEqualTo("Tue, 03 Sep 2024 10:00:00 GMT");
            assertThat(client.head("/assets/b.txt").header("ETag")).isEqualTo(same);
            assertThat(client.get("/assets/c.txt").status()).isEqualTo(404);
            Files.delete(jar);
            assertThat(client.get("/assets/a.txt").status()).isEqualTo(404);
        }

        @Test
        void filesInFoldersAreReadEachTimeAndLinksOutAreNot() throws IOException {
            Path classes = Files.createDirectories(temporary.resolve("classes/public"));
            Path file = Files.writeString(classes.resolve("a.txt"), "one");
            Files.createSymbolicLink(classes.resolve("out.txt"), temporary.resolve("secret.txt"));
            TestClient client = client(with(() -> StaticFiles.classPath("public"), classes.getParent()));
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("one");
            Files.writeString(file, "changed");
            assertThat(client.get("/assets/a.txt").text()).isEqualTo("changed");
            assertThat(client.get("/assets/out.txt").status()).isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/", ".", "..", "public/../x", "META-INF", "a//b", ".git"})
        void onlyAFolderOfItCanBeNamed(String folder) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StaticFiles.classPath(folder))
                    .withMessageStartingWith(
                            "static files: expected a name like 'public' or 'app/public', got '" + folder + "'.");
        }

        @Test
        void webJarsAreServedWithAndWithoutTheirVersion() throws IOException {
            Path jar = jar(Map.of(
                    "META-INF/resources/webjars/lib/1.2.3/lib.js", "lib",
                    "META-INF/maven/org.webjars.npm/lib/pom.properties", "version=1.2.3-1\n",
                    "META-INF/resources/webjars/other/4.5/css/o.css", "other",
                    "META-INF/maven/org.webjars/other/pom.properties", "version=4.5\n"));
            TestClient client = client(with(StaticFiles::webJars, jar));
            assertThat(client.get("/assets/lib/1.2.3/lib.js").text()).isEqualTo("lib");
            assertThat(client.get("/assets/lib/lib.js").text()).isEqualTo("lib");
            assertThat(client.get("/assets/other/css/o.css").text()).isEqualTo("other");
            for (String path : new String[] {"lib/none.js", "none/lib.js", "lib", "lib/"}) {
                assertThat(client.get("/assets/" + path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @Nested
    class Mistakes {

        @Test
        void aDirectoryHasToBeThere() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StaticFiles.directory(temporary.resolve("none")))
                    .withMessageStartingWith("static files: expected a directory, got '");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/a//b", "/../a", "/{x}", "/a\\b"})
        void aPrefixIsAPath(String prefix) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(() -> app.staticFiles(prefix, StaticFiles.directory(root)))
                    .withMessageMatching(
                            "staticFiles \\(StaticFilesTest.java:\\d+\\): expected a path like '/assets', .*");
        }

        @Test
        void theyAreRegisteredBeforeTheStart() {
            TestClient.of(app);
            assertThatIllegalStateException()
                    .isThrownBy(() -> app.staticFiles("/x", StaticFiles.directory(root)))
                    .withMessageStartingWith("app: expected static files before it starts");
        }
    }
}
