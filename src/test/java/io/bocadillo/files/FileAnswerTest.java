package io.bocadillo.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileAnswerTest {

    private static final String TEN_BYTES = "0123456789";
    private static final Instant CHANGED = Instant.parse("2024-05-06T07:08:09.5Z");
    private static final String DATE = "Mon, 06 May 2024 07:08:09 GMT";
    private static final String EARLIER = "Mon, 06 May 2024 07:08:08 GMT";
    private static final String LATER = "Mon, 06 May 2024 07:08:10 GMT";

    @TempDir
    private static Path folder;

    private static Representation file(String content) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "file", ".txt"), content, ISO_8859_1);
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
        return Representation.of(file, "text/plain").withETag(ETag.strong("v1"));
    }

    /** The answer to fields written a line each; {@code 'DATE'}, {@code 'EARLIER'} and {@code 'LATER'} stand for dates. */
    private static FileAnswer ask(Representation file, String method, String... fields) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String field : fields) {
            String value = field.substring(field.indexOf(':') + 1)
                    .replace("EARLIER", EARLIER)
                    .replace("LATER", LATER)
                    .replace("DATE", DATE)
                    .strip();
            headers.computeIfAbsent(field.substring(0, field.indexOf(':')).strip(), name -> new ArrayList<>())
                    .add(value);
        }
        return FileAnswer.of(file, method, name -> headers.getOrDefault(name, List.of()));
    }

    private static String body(FileAnswer answer) {
        return new String(Pieces.all(answer.body(Runnable::run)), ISO_8859_1);
    }

    @Test
    void allOfAFileComesWithItsMetadata() throws IOException {
        FileAnswer answer = ask(file(TEN_BYTES), "GET");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsExactly(
                        entry("ETag", "\"v1\""),
                        entry("Last-Modified", DATE),
                        entry("Accept-Ranges", "bytes"),
                        entry("Content-Type", "text/plain"));
        assertThat(answer.length()).isEqualTo(10);
        assertThat(body(answer)).isEqualTo(TEN_BYTES);
    }

    @Test
    void headGetsWhatGetGetsButTheBody() throws IOException {
        Representation file = file(TEN_BYTES);
        FileAnswer head = ask(file, "HEAD", "Range: bytes=0-1");
        FileAnswer get = ask(file, "GET");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(head.length()).isEqualTo(10);
        assertThat(body(head)).isEmpty();
        assertThat(body(FileAnswer.whole(file, "HEAD"))).isEmpty();
    }

    @Test
    void anEmptyFileIsAnEmptyBody() throws IOException {
        FileAnswer answer = ask(file(""), "GET");
        assertThat(answer.length()).isZero();
        assertThat(answer.headers()).containsKey("Content-Type");
        assertThat(body(answer)).isEmpty();
    }

    /** The file has the tag "v1" and is of DATE. HEAD knows no ranges, POST no conditions. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                // If-Match: strong comparison, section 13.1.1
                "200 => If-Match: \"v1\"",
                "200 => If-Match: *",
                "200 => If-Match: \"v0\", \"v1\"",
                "200 => If-Match: \"v0\" | If-Match: \"v1\"",
                "412 => If-Match: \"v0\"",
                "412 => If-Match: W/\"v1\"",
                "412 => If-Match: v1",
                "412 => If-Match:",
                "412 => If-Match: * | If-Match: \"v0\"",
                // If-Unmodified-Since, section 13.1.4
                "200 => If-Unmodified-Since: DATE",
                "200 => If-Unmodified-Since: LATER",
                "412 => If-Unmodified-Since: EARLIER",
                "412 => If-Unmodified-Since: Monday, 06-May-24 07:08:08 GMT",
                "412 => If-Unmodified-Since: Mon May  6 07:08:08 2024",
                "200 => If-Unmodified-Since: some day",
                "200 => If-Unmodified-Since: EARLIER | If-Unmodified-Since: EARLIER",
                "200 => If-Match: \"v1\" | If-Unmodified-Since: EARLIER",
                "412 => If-Match: \"v0\" | If-Unmodified-Since: LATER",
                // If-None-Match: weak comparison, section 13.1.2
                "304 => If-None-Match: \"v1\"",
                "304 => If-None-Match: W/\"v1\"",
                "304 => If-None-Match: *",
                "304 => If-None-Match: \"v0\", W/\"v1\"",
                "304 => If-None-Match: \"v0\" | If-None-Match: \"v1\"",
                "200 => If-None-Match: \"v0\"",
                "200 => If-None-Match: v1",
                "200 => If-None-Match: \"v1",
                "200 => If-None-Match:",
                // If-Modified-Since, section 13.1.3
                "304 => If-Modified-Since: DATE",
                "304 => If-Modified-Since: LATER",
                "304 => If-Modified-Since: Monday, 06-May-24 07:08:09 GMT",
                "304 => If-Modified-Since: Mon May  6 07:08:09 2024",
                "200 => If-Modified-Since: EARLIER",
                "200 => If-Modified-Since: some day",
                "200 => If-Modified-Since: DATE | If-Modified-Since: DATE",
                "200 => If-None-Match: \"v0\" | If-Modified-Since: DATE",
                "304 => If-None-Match: \"v1\" | If-Modified-Since: EARLIER",
                // the order, section 13.2.2
                "412 => If-Match: \"v0\" | If-None-Match: \"v1\"",
                "304 => If-Match: \"v1\" | If-None-Match: \"v1\"",
                "412 => If-Unmodified-Since: EARLIER | If-None-Match: \"v1\"",
                "304 => If-Unmodified-Since: DATE | If-Modified-Since: DATE",
                "304 => If-None-Match: \"v1\" | Range: bytes=0-1",
                "412 => If-Match: \"v0\" | Range: bytes=0-1",
                "206 => If-Match: \"v1\" | If-None-Match: \"v0\" | Range: bytes=0-1",
                "304 => If-None-Match: \"v1\" | Range: bytes=10-",
                // If-Range: strong comparison, section 13.1.5
                "206 => Range: bytes=0-1 | If-Range: \"v1\"",
                "200 => Range: bytes=0-1 | If-Range: \"v0\"",
                "200 => Range: bytes=0-1 | If-Range: W/\"v1\"",
                "200 => Range: bytes=0-1 | If-Range: *",
                "200 => Range: bytes=0-1 | If-Range: \"v0\", \"v1\"",
                "200 => Range: bytes=0-1 | If-Range: \"v1\" | If-Range: \"v1\"",
                "206 => Range: bytes=0-1 | If-Range: DATE",
                "200 => Range: bytes=0-1 | If-Range: EARLIER",
                "200 => Range: bytes=0-1 | If-Range: LATER",
                "200 => Range: bytes=0-1 | If-Range: some day",
                "416 => Range: bytes=10- | If-Range: \"v1\"",
                "200 => Range: bytes=10- | If-Range: \"v0\"",
                "200 => If-Range: \"v0\"",
                // Range, section 14.2
                "206 => Range: bytes=0-1",
                "206 => Range: bytes=0-1,4-5",
                "416 => Range: bytes=10-",
                "200 => Range: lines=0-1",
                "200 => Range: bytes=0-4,4-5",
                "200 => Range: bytes=0-1 | Range: bytes=4-5",
            })
    void preconditionsAndRangesDecideTheStatus(int status, String fields) throws IOException {
        String[] lines = fields.split(" \\| ");
        assertThat(ask(file(TEN_BYTES), "GET", lines).status()).isEqualTo(status);
        assertThat(ask(file(TEN_BYTES), "HEAD", lines).status()).isEqualTo(headStatus(status));
        assertThat(ask(file(TEN_BYTES), "POST", lines).status()).isEqualTo(200);
    }

    private static int headStatus(int getStatus) {
        return getStatus == 206 || getStatus == 416 ? 200 : getStatus;
    }

    @Test
    void aWeakTagServesToKnowAFileButNotToContinueIt() throws IOException {
        Representation weak = file(TEN_BYTES).withETag(ETag.weak("v1"));
        assertThat(ask(weak, "GET", "If-None-Match: W/\"v1\"").status()).isEqualTo(304);
        assertThat(ask(weak, "GET", "If-None-Match: \"v1\"").status()).isEqualTo(304);
        assertThat(ask(weak, "GET", "If-Match: W/\"v1\"").status()).isEqualTo(412);
        assertThat(ask(weak, "GET", "Range: bytes=0-1", "If-Range: W/\"v1\"").status())
                .isEqualTo(200);
    }

    @Test
    void aDateOfJustNowDoesNotServeToContinueAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("fresh.txt"), TEN_BYTES);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        Representation fresh = Representation.of(file, "text/plain");
        String date = HttpDate.format(fresh.lastModified());
        assertThat(ask(fresh, "GET", "Range: bytes=0-1", "If-Range: " + date).status())
                .isEqualTo(200);
        assertThat(ask(fresh, "GET", "If-Modified-Since: " + date).status()).isEqualTo(304);
    }

    @Test
    void whatIsNotModifiedCarriesItsTagAlone() throws IOException {
        FileAnswer answer = ask(file(TEN_BYTES), "GET", "If-None-Match: \"v1\"");
        assertThat(answer.headers()).containsExactly(entry("ETag", "\"v1\"")); // section 15.4.5
        assertThat(answer.length()).isZero();
        assertThat(body(answer)).isEmpty();
    }

    @Test
    void whatFailedItsPreconditionSaysNothingMore() throws IOException {
        FileAnswer answer = ask(file(TEN_BYTES), "GET", "If-Match: \"v0\"");
        assertThat(answer.headers()).isEmpty();
        assertThat(body(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", TEN_BYTES})
    void aRangeBeyondTheEndIsToldTheLength(String content) throws IOException {
        FileAnswer answer = ask(file(content), "GET", "Range: bytes=10-");
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.headers())
                .containsEntry("Content-Range", "bytes */" + content.length())
                .doesNotContainKey("Content-Type");
        assertThat(answer.length()).isZero();
        assertThat(body(answer)).isEmpty();
    }

    @Test
    void oneRangeIsTheBodyItself() throws IOException {
        FileAnswer answer = ask(file(TEN_BYTES), "GET", "Range: bytes=2-4");
        assertThat(answer.headers())
                .containsExactly(
                        entry("ETag", "\"v1\""),
                        entry("Last-Modified", DATE),
                        entry("Accept-Ranges", "bytes"),
                        entry("Content-Type", "text/plain"),
                        entry("Content-Range", "bytes 2-4/10"));
        assertThat(answer.length()).isEqualTo(3);
        assertThat(body(answer)).isEqualTo("234");
        assertThat(ask(file(TEN_BYTES), "GET", "Range: bytes=2-4,90-").headers())
                .containsEntry("Content-Range", "bytes 2-4/10");
    }

    @Test
    void severalRangesArePartsOfOneBody() throws IOException {
        FileAnswer answer = ask(file(TEN_BYTES), "GET", "Range: bytes=8-,0-1");
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.headers()).doesNotContainKey("Content-Range"); // section 15.3.7.2
        String type = answer.headers().get("Content-Type");
        assertThat(type).matches("multipart/byteranges; boundary=[a-z0-9-]{36}");
        String delimiter = "--" + boundary(type);
        String expected = String.join(
                "\r\n",
                delimiter,
                "Content-Type: text/plain",
                "Content-Range: bytes 8-9/10",
                "",
                "89",
                delimiter,
                "Content-Type: text/plain",
                "Content-Range: bytes 0-1/10",
                "",
                "01",
                delimiter + "--",
                "");
        assertThat(body(answer)).isEqualTo(expected);
        assertThat(answer.length()).isEqualTo(expected.length());
    }

    @Test
    void noTwoAnswersShareABoundary() throws IOException {
        Representation file = file(TEN_BYTES);
        assertThat(ask(file, "GET", "Range: bytes=0-1,4-5").headers())
                .isNotEqualTo(ask(file, "GET", "Range: bytes=0-1,4-5").headers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "OPTIONS", "get"})
    void anyOtherMethodGetsTheFileAsItsResult(String method) throws IOException {
        FileAnswer answer = ask(file(TEN_BYTES), method, "Range: bytes=0-1", "If-None-Match: *", "If-Match: \"v0\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsExactly(entry("Content-Type", "text/plain"));
        assertThat(body(answer)).isEqualTo(TEN_BYTES);
    }

    private static String boundary(@Nullable String type) {
        return String.valueOf(type).replace("multipart/byteranges; boundary=", "");
    }
}
