package io.bocadillo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepresentationTest {

    private static final Instant LONG_AGO = Instant.parse("2020-02-02T20:20:20.123456789Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = write("a.txt", "one", LONG_AGO);
    }

    private Path write(String name, String content, Instant changed) throws IOException {
        Path written = Files.writeString(folder.resolve(name), content);
        return Files.setLastModifiedTime(written, FileTime.from(changed));
    }

    private Representation read() throws IOException {
        return Representation.of(file, "text/plain");
    }

    @Test
    void itIsTheFileAsItIsNow() throws IOException {
        assertThat(read().resource()).isEqualTo(FileVersion.of(file));
        assertThat(read().length()).isEqualTo(3);
        assertThat(read().lastModified()).isEqualTo(LONG_AGO);
        assertThat(read().contentType()).isEqualTo("text/plain");
    }

    @Test
    void theTagIsStrongAndStaysAsLongAsTheFileDoes() throws IOException {
        assertThat(read().etag().isWeak()).isFalse();
        assertThat(read().etag()).isEqualTo(read().etag());
        assertThat(read().etag()).hasToString("\"3-5e372f04.75bcd15\"");
    }

    @Test
    void anotherLengthOrTimeIsAnotherTagAndAnotherFileIsNot() throws IOException {
        ETag before = read().etag();
        write("a.txt", "three", LONG_AGO);
        ETag longer = read().etag();
        write("a.txt", "one", LONG_AGO.plusNanos(1_000));
        ETag later = read().etag();
        assertThat(before).isNotIn(longer, later);
        Representation replaced = read();
        Files.move(write("b.txt", "one", replaced.lastModified()), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(read().etag()).isEqualTo(later);
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(replaced::open)
                .withMessageContaining("It was changed before it was sent.");
    }

    @Test
    void theTagIsWeakAsLongAsAChangeCouldHideInTheSameTick() throws IOException {
        write("a.txt", "one", Instant.now());
        ETag weak = read().etag();
        assertThat(weak.isWeak()).isTrue();
        assertThat(read().hasStrongDate()).isFalse();
        write("a.txt", "one", Instant.now().minusSeconds(5));
        assertThat(read().etag().isWeak()).isFalse();
        assertThat(read().hasStrongDate()).isTrue();
    }

    @Test
    void noFileIsOfTomorrow() throws IOException {
        Instant before = Instant.now();
        write("a.txt", "one", before.plusSeconds(86_400));
        assertThat(read().lastModified()).isBetween(before, Instant.now());
        assertThat(read().etag().isWeak()).isTrue();
    }

    @Test
    void theCallerMayKnowBetter() throws IOException {
        Representation better = read().withETag(ETag.strong("v1")).withContentType("text/html");
        assertThat(better.etag()).hasToString("\"v1\"");
        assertThat(better.contentType()).isEqualTo("text/html");
        assertThat(better.withETag(read().etag()).withContentType("text/plain")).isEqualTo(read());
    }

    @Test
    void theCallerMayGiveValidatorsAsTheyStandInFields() throws IOException {
        Representation own = read().withValidators("W/\"v1\"", "Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(own.etag()).isEqualTo(ETag.weak("v1"));
        assertThat(own.lastModified()).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
        assertThat(read().withValidators(null, null)).isEqualTo(read());
        assertThatIllegalArgumentException().isThrownBy(() -> read().withValidators("v1", null));
        assertThatIllegalArgumentException().isThrownBy(() -> read().withValidators(null, "yesterday"));
    }

    @Test
    void whatIsNoFileIsRefused() {
        for (Path none : new Path[] {folder, folder.resolve("none"), file.resolve("below")}) {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> Representation.of(none, "text/plain"))
                    .withMessage(none + ": expected a regular file that may be read, got none.");
        }
    }

    @Test
    void aTypeCannotBringFieldsOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Representation.of(file, "text/plain\r\nSet-Cookie: a"))
                .withMessageContaining("got 'text/plain\\u000D\\u000ASet-Cookie: a'. Use MediaTypes.of(fileName).");
    }
}
