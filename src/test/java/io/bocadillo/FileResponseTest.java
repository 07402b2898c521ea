package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileResponseTest {

    private static final Instant LONG_AGO = Instant.parse("2024-09-02T10:00:00Z");

    @TempDir
    private Path folder;

    private Path notes;
    private Path page;
    private final App app = new App();

    @BeforeEach
    void files() throws IOException {
        notes = file("notes.txt", "0123456789");
        page = file("page.html", "<p>é");
    }

    private Path file(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private TestResponse answerOf(View view, String... header) {
        app.any("/", view);
        TestClient client = TestClient.of(app);
        return (header.length == 0 ? client : client.with(header[0], header[1])).get("/");
    }

    private String tag() {
        return TestClient.of(serving(notes)).get("/").header("ETag");
    }

    private static App serving(Path file) {
        App app = new App();
        app.any("/", (req, res) -> res.file(file));
        return app;
    }

    @Test
    void aFileIsSentWithWhatItSaysOfItself() {
        TestResponse response = answerOf((req, res) -> res.file(notes));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("0123456789");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.header("Content-Length")).isEqualTo("10");
        assertThat(response.header("Last-Modified")).isEqualTo("Mon, 02 Sep 2024 10:00:00 GMT");
        assertThat(response.header("ETag")).matches("\"[0-9a-f]+-[0-9a-f]+\\.[0-9a-f]+\"");
        assertThat(response.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html; charset=utf-8",
        "a.PNG, image/png",
        "a.tar.gz, application/gzip",
        "a.json, application/json",
        "a.unheard, application/octet-stream",
        "README, application/octet-stream"
    })
    void theExtensionSaysTheType(String name, String type) throws IOException {
        Path file = file(name, "x");
        assertThat(TestClient.of(serving(file)).get("/").header("Content-Type")).isEqualTo(type);
    }

    @Test
    void anEmptyFileIsAnEmptyAnswer() throws IOException {
        Path empty = file("empty.csv", "");
        TestResponse response = answerOf((req, res) -> res.file(empty));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    }

    @Test
    void aLargeFileArrivesWhole() throws IOException {
        Path large = file("large.txt", "x".repeat(200_000));
        assertThat(answerOf((req, res) -> res.file(large)).body()).hasSize(200_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.txt", "", "notes.txt/x"})
    void whatIsNoFileIsA404WithoutItsPath(String name) {
        TestResponse response = answerOf((req, res) -> res.file(folder.resolve(name)));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
    }

    @Test
    void headTellsTheLengthAndSendsNothing() {
        TestResponse response = TestClient.of(serving(notes)).head("/");
        assertThat(response.header("Content-Length")).isEqualTo("10");
        assertThat(response.header("ETag")).isNotNull();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aClientThatHasTheFileIsToldSo() {
        TestResponse response =
                answerOf((req, res) -> res.header("Cache-Control", "no-cache").file(notes), "If-None-Match", tag());
        assertThat(response.status()).isEqualTo(304);
        assertThat(response.header("ETag")).isEqualTo(tag());
        assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(response.header("Content-Type")).isNull();
        assertThat(response.header("Content-Length")).isNull();
        assertThat(response.header("Last-Modified")).isNull();
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Modified-Since|Mon, 02 Sep 2024 10:00:00 GMT|304",
                "If-Modified-Since|Mon, 02 Sep 2024 09:59:59 GMT|200",
                "If-Unmodified-Since|Mon, 02 Sep 2024 09:59:59 GMT|412",
                "If-None-Match|\"another\"|200",
                "If-None-Match|*|304",
                "If-Match|\"another\"|412",
            })
    void preconditionsCount(String field, String value, int status) {
        assertThat(answerOf((req, res) -> res.file(notes), field, value).status())
                .isEqualTo(status);
    }

    @Test
    void anEntityTagThatIsSetIsTheOneThatCounts() {
        View view = (req, res) -> res.header("ETag", "\"v7\"").file(notes);
        assertThat(answerOf(view, "If-None-Match", "\"v7\"").status()).isEqualTo(304);
        TestResponse changed = TestClient.of(app).with("If-None-Match", tag()).get("/");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.headers().all("ETag")).containsExactly("\"v7\"");
    }

    @Test
    void aDateThatIsSetIsTheOneThatCounts() {
        String date = "Sun, 01 Jan 2023 00:00:00 GMT";
        app.get("/", (req, res) -> res.header("Last-Modified", date).file(notes));
        TestClient client = TestClient.of(app);
        assertThat(client.with("If-Modified-Since", date).get("/").status()).isEqualTo(304);
        assertThat(client.with("If-Unmodified-Since", date).get("/").status()).isEqualTo(200);
        TestClient resuming = client.with("Range", "bytes=0-1");
        assertThat(resuming.with("If-Range", date).get("/").status()).isEqualTo(206);
        assertThat(resuming.with("If-Range", "Mon, 02 Sep 2024 10:00:00 GMT")
                        .get("/")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/").headers().all("Last-Modified")).containsExactly(date);
    }

    @Test
    void validatorsThatAreNoneAreRefused() {
        TestResponse response = answerOf((req, res) -> {
            res.header("ETag", "v7");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> res.file(notes))
                    .withMessage(
                            "ETag: expected a tag in quotes, got 'v7'. Write \"v1\" or W/\"v1\", with the quotes.");
            res.header("ETag", "\"v7\"").header("Last-Modified", "2023-01-01");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> res.file(notes))
                    .withMessage("Last-Modified: expected a date as 'Sun, 06 Nov 1994 08:49:37 GMT', got '2023-01-01'."
                            + " Write it in GMT, with a day of two digits.");
            return res.text("refused");
        });
        assertThat(response.text()).isEqualTo("refused");
    }

    @Test
    void aFileThatIsReplacedBeforeItIsSentIsAnErrorAndNotSentUnderTheOldTag() throws IOException {
        Path newer = Files.writeString(folder.resolve("newer.txt"), "a newer one, and longer");
        app.get("/", (req, res) -> res.file(notes))
                .after((req, res) -> Files.move(newer, notes, StandardCopyOption.ATOMIC_MOVE));
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("ETag")).isNull();
            assertThat(response.text()).doesNotContain("newer");
            assertThat(log.text())
                    .contains("expected 10 bytes of 2024-09-02T10:00:00Z, got 23 bytes of ")
                    .contains(". It was changed before it was sent.");
        }
    }

    @Test
    void aFileThatIsDeletedBeforeItIsSentIsA404() {
        app.get("/", (req, res) -> res.file(notes)).after((req, res) -> Files.delete(notes));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
        assertThat(response.header("ETag")).isNull();
    }

    @Test
    void aLogThatGrowsBeforeItIsSentIsSentAsItWas() throws IOException {
        Path growing = Files.writeString(folder.resolve("app.log"), "one\n");
        app.get("/", (req, res) -> res.file(growing))
                .after((req, res) -> Files.writeString(growing, "two\n", StandardOpenOption.APPEND));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("one\n");
    }

    @Test
    void aRangeIsSentAlone() {
        TestResponse response = answerOf((req, res) -> res.file(notes), "Range", "bytes=2-4");
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.text()).isEqualTo("234");
        assertThat(response.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(response.header("Content-Length")).isEqualTo("3");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void severalRangesAreSeveralParts() {
        TestResponse response = answerOf(
                (req, res) -> res.header("Content-Type", "text/x-notes").file(notes), "Range", "bytes=0-1,-1");
        assertThat(response.status()).isEqualTo(206);
        assertThat(response.headers().all("Content-Type"))
                .singleElement()
                .asString()
                .startsWith("multipart/byteranges; boundary=");
        assertThat(response.text())
                .contains("Content-Type: text/x-notes\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n")
                .contains("Content-Range: bytes 9-9/10\r\n\r\n9\r\n");
        assertThat(response.header("Content-Length")).isEqualTo("" + response.body().length);
    }

    @Test
    void aRangeBeyondTheEndIsA416WithTheLength() {
        TestResponse response = answerOf((req, res) -> res.file(notes), "Range", "bytes=10-");
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.header("Content-Range")).isEqualTo("bytes */10");
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.header("Content-Type")).isNull();
    }

    @Test
    void aRangeOfAnOldVersionIsAnsweredWithTheWhole() {
        app.get("/", (req, res) -> res.file(notes));
        TestClient client = TestClient.of(app).with("Range", "bytes=0-0");
        assertThat(client.with("If-Range", "\"old\"").get("/").status()).isEqualTo(200);
        assertThat(client.with("If-Range", tag()).get("/").status()).isEqualTo(206);
    }

    @Test
    void aFileMayBeTheAnswerToAPost() {
        TestClient client = TestClient.of(serving(notes));
        TestResponse response =
                client.with("If-None-Match", "*").with("Range", "bytes=0-0").post("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("0123456789");
        assertThat(response.header("ETag")).isNull();
        assertThat(response.header("Accept-Ranges")).isNull();
    }

    @Test
    void aStatusThatIsSetStaysAndTheFileIsSentAsItIs() {
        TestResponse response = answerOf((req, res) -> res.status(404).file(page), "Range", "bytes=0-0");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("<p>é");
        assertThat(response.header("ETag")).isNull();
    }

    @Test
    void aStatusOf200CountsAsNone() {
        assertThat(answerOf((req, res) -> res.status(200).file(notes), "Range", "bytes=0-0")
                        .status())
                .isEqualTo(206);
    }

    @Test
    void headersThatAreSetBeforeStay() {
        TestResponse response = answerOf((req, res) -> res.header("Content-Type", "text/markdown")
                .header("Last-Modified", "Sun, 01 Sep 2024 00:00:00 GMT")
                .file(notes));
        assertThat(response.headers().all("Content-Type")).containsExactly("text/markdown");
        assertThat(response.headers().all("Last-Modified")).containsExactly("Sun, 01 Sep 2024 00:00:00 GMT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "notes.txt|attachment; filename=\"notes.txt\"",
                "../../etc/passwd|attachment; filename=\"passwd\"",
                "menü.pdf|attachment; filename=\"menu.pdf\"; filename*=UTF-8''men%C3%BC.pdf",
                "..|attachment",
            })
    void anAttachmentHasTheLastSegmentOfItsName(String name, String disposition) {
        TestResponse response = answerOf((req, res) -> res.attachment(name).file(notes));
        assertThat(response.header("Content-Disposition")).isEqualTo(disposition);
        assertThat(response.text()).isEqualTo("0123456789");
    }

    @Test
    void whatIsShownHasANameToBeSavedBy() throws IOException {
        Path stored = file("4711", "a,b\n");
        TestResponse response =
                answerOf((req, res) -> res.inline("exports/Übersicht.csv").file(stored));
        assertThat(response.header("Content-Disposition"))
                .isEqualTo("inline; filename=\"Ubersicht.csv\"; filename*=UTF-8''%C3%9Cbersicht.csv");
        assertThat(response.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    }

    @Test
    void theNameOfAnAttachmentSaysTheType() throws IOException {
        Path stored = file("4711", "a,b\n");
        TestResponse response =
                answerOf((req, res) -> res.attachment("rows.csv").file(stored));
        assertThat(response.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    }

    @Test
    void aNameThatSaysNothingLeavesTheTypeToTheFile() {
        TestResponse response = answerOf((req, res) -> res.attachment("notes").file(notes));
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void anAttachmentDoesNotChangeTheTypeOfText() {
        TestResponse response =
                answerOf((req, res) -> res.attachment("rows.csv").text("a,b\n"));
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void anAnswerAfterAFileTakesBackWhatTheFileImplied() {
        TestResponse response = answerOf(
                (req, res) -> {
                    res.file(notes);
                    return res.text("x");
                },
                "Range",
                "bytes=2-4");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("x");
        assertThat(response.headers().toString())
                .isEqualToIgnoringWhitespace("Content-Type: text/plain; charset=utf-8 Content-Length: 1");
    }

    @Test
    void aFileAfterAnotherAnswerOwesItNothing() {
        TestResponse response = answerOf((req, res) -> {
            res.json(Map.of());
            res.file(notes);
            return res.file(page);
        });
        assertThat(response.text()).isEqualTo("<p>é");
        assertThat(response.headers().all("Content-Type")).containsExactly("text/html; charset=utf-8");
        assertThat(response.headers().all("ETag")).hasSize(1).doesNotContain(tag());
    }

    @Test
    void aFileAfterEmptyIsA200() {
        TestResponse response = answerOf((req, res) -> {
            res.empty();
            return res.file(notes);
        });
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789".getBytes(UTF_8));
    }

    @Test
    void anErrorHandlerMayAnswerWithAFile() {
        app.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).file(page));
        TestResponse response = TestClient.of(app).with("If-None-Match", "*").get("/nowhere");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("<p>é");
        assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.header("ETag")).isNull();
    }

    @Test
    void anErrorHandlerThatSetsNoStatusAnswers500WithItsFile() {
        app.onError(IllegalStateException.class, (req, res, error) -> res.file(page));
        TestResponse response = answerOf((req, res) -> {
            res.attachment("x.csv");
            throw new IllegalStateException();
        });
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.header("Content-Disposition")).isNull();
    }

    @Test
    void anErrorHandlerMayTurnAnErrorIntoA200WithAFile() {
        app.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(200).file(page));
        TestResponse response = answerOf((req, res) -> {
            throw new IllegalStateException();
        });
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("<p>é");
    }

    @Test
    void aMissingPageOfAnErrorHandlerIsAnsweredPlainly() {
        app.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).file(folder.resolve("missing.html")));
        TestResponse response = TestClient.of(app).get("/nowhere");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).isEqualTo("500 Internal Server Error");
    }

    @Test
    void aFileThatShrinksWhileItIsSentBreaksOff() throws Exception {
        Path shrinking = file("shrinking.bin", "x".repeat(300_000));
        app.get("/", (req, res) -> res.file(shrinking));
        try (var stream = TestClient.of(app).stream("/")) {
            assertThat(stream.next()).isNotEmpty();
            Files.writeString(shrinking, "x");
            int[] pieces = {0};
            assertThat(catchThrowable(() -> {
                        while (stream.next() != null) {
                            pieces[0]++;
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("answer: expected to be whole, got one that breaks off.");
            assertThat(pieces[0]).isLessThan(9);
        }
    }
}
