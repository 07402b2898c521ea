package io.bocadillo.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlResourceTest {

    private static final Instant BUILT = Instant.parse("2024-09-02T10:00:00Z");

    @TempDir
    private Path folder;

    private final byte[] large = new byte[100_001];
    private Path jar;

    @BeforeEach
    void pack() throws IOException {
        new Random(3).nextBytes(large);
        jar = pack(
                "a.jar",
                Map.of("public/", new byte[0], "public/a.txt", "hello".getBytes(UTF_8), "public/b.bin", large));
    }

    private Path pack(String name, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                JarEntry written = new JarEntry(entry.getKey());
                written.setLastModifiedTime(FileTime.from(Instant.parse("1980-02-01T00:00:00Z")));
                out.putNextEntry(written);
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        Path file = Files.write(folder.resolve(name), bytes.toByteArray());
        return Files.setLastModifiedTime(file, FileTime.from(BUILT));
    }

    private Resource entry(Path jar, String name) throws IOException {
        return UrlResource.of(new URL("jar:" + jar.toUri() + "!/" + name)).orElseThrow();
    }

    private FileAnswer ask(Resource resource, String range) {
        return FileAnswer.of(
                Representation.of(resource, "a/b"),
                "GET",
                name -> name.equals("Range") && !range.isEmpty() ? List.of("bytes=" + range) : List.of());
    }

    @Test
    void anEntryOfAJarIsSentWhole() throws IOException {
        FileAnswer answer = ask(entry(jar, "public/b.bin"), "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.length()).isEqualTo(large.length);
        assertThat(Pieces.all(answer.body(Runnable::run))).isEqualTo(large);
    }

    @Test
    void oneRangeOfItIsSent() throws IOException {
        Resource entry = entry(jar, "public/b.bin");
        FileAnswer end = ask(entry, "-10");
        assertThat(end.status()).isEqualTo(206);
        assertThat(Pieces.all(end.body(Runnable::run)))
                .isEqualTo(Arrays.copyOfRange(large, large.length - 10, large.length));
    }

    /** It would be unpacked from its start for each; a server may ignore the field (RFC 9110, section 14.2). */
    @ParameterizedTest
    @ValueSource(strings = {"90000-90009,10-19", "0-0,99999-99999", "5-6,-1"})
    void severalRangesAreAnsweredWithAllOfIt(String ranges) throws IOException {
        FileAnswer answer = ask(entry(jar, "public/b.bin"), ranges);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKey("Content-Range");
        assertThat(Pieces.all(answer.body(Runnable::run))).isEqualTo(large);
    }

    @Test
    void ofSeveralRangesOneThatIsThereIsSentAndNoneIsA416() throws IOException {
        Resource entry = entry(jar, "public/b.bin");
        FileAnswer one = ask(entry, "10-19,200000-200009");
        assertThat(one.headers()).containsEntry("Content-Range", "bytes 10-19/100001");
        assertThat(Pieces.all(one.body(Runnable::run))).isEqualTo(Arrays.copyOfRange(large, 10, 20));
        assertThat(ask(entry, "200000-200009,300000-").status()).isEqualTo(416);
    }

    /** Each byte before the end of a range is unpacked once, in however many pieces the range is read. */
    @Test
    void aRangeIsReadInOnePass() throws IOException {
        AtomicLong read = new AtomicLong();
        AtomicInteger opened = new AtomicInteger();
        byte[] content = new byte[1_000_000];
        URLStreamHandler counting = new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new CountedConnection(url, content, opened, read);
            }
        };
        Resource resource =
                UrlResource.of(new URL(null, "counted:/a", counting)).orElseThrow();
        opened.set(0);
        FileAnswer answer = ask(resource, "200000-899999");
        assertThat(Pieces.all(answer.body(Runnable::run))).hasSize(700_000);
        assertThat(opened).hasValue(1);
        assertThat(read.get()).isLessThanOrEqualTo(900_000);
    }

    private static final class CountedConnection extends URLConnection {

        private final byte[] content;
        private final AtomicInteger opened;
        private final AtomicLong read;

        CountedConnection(URL url, byte[] content, AtomicInteger opened, AtomicLong read) {
            super(url);
            this.content = content;
            this.opened = opened;
            this.read = read;
        }

        @Override
        public void connect() {}

        @Override
        public String getHeaderField(String name) {
            return name.equals("content-length") ? Integer.toString(content.length) : null;
        }

        @Override
        public InputStream getInputStream() {
            opened.incrementAndGet();
            return new FilterInputStream(new ByteArrayInputStream(content)) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    read.addAndGet(Math.max(0, count));
                    return count;
                }

                @Override
                public long skip(long count) throws IOException {
                    long skipped = super.skip(count);
                    read.addAndGet(skipped);
                    return skipped;
                }
            };
        }
    }

    @Test
    void aJarThatWasBuiltAnewHasTheSameTagForTheSameContentAndANewDate() throws IOException {
        Path rebuilt =
                pack("b.jar", Map.of("public/a.txt", "hello".getBytes(UTF_8), "public/c.txt", "HELLO".getBytes(UTF_8)));
        Files.setLastModifiedTime(rebuilt, FileTime.from(BUILT.plusSeconds(60)));
        Representation before = Representation.of(entry(jar, "public/a.txt"), "a/b");
        Representation after = Representation.of(entry(rebuilt, "public/a.txt"), "a/b");
        assertThat(after.etag()).isEqualTo(before.etag());
        assertThat(after.etag().isWeak()).isFalse();
        assertThat(before.lastModified()).isEqualTo(BUILT);
        assertThat(after.lastModified()).isEqualTo(BUILT.plusSeconds(60));
        assertThat(Representation.of(entry(rebuilt, "public/c.txt"), "a/b").etag())
                .isNotEqualTo(before.etag());
    }

    @Test
    void aFolderOfAJarIsNoResource() throws IOException {
        for (String name : new String[] {"public/", "public"}) {
            assertThat(UrlResource.of(new URL("jar:" + jar.toUri() + "!/" + name)))
                    .as(name)
                    .isEqualTo(Optional.empty());
        }
    }

    @Test
    void anotherVersionOfItIsNotSent() throws IOException {
        byte[] other = large.clone();
        other[0]++;
        for (Map<String, byte[]> entries :
                List.of(Map.of("public/b.bin", "short".getBytes(UTF_8)), Map.of("public/b.bin", other))) {
            pack();
            UrlResource entry = (UrlResource) entry(jar, "public/b.bin");
            FileAnswer answer = ask(entry, "");
            pack("a.jar", entries);
            assertThat(Pieces.of(answer.body(Runnable::run))).satisfies(pieces -> {
                assertThat(entry.isReplaced()).isFalse();
                pieces.subscription().request(9);
                assertThat(pieces.error())
                        .isInstanceOf(FileSystemException.class)
                        .hasMessageContaining("It was changed before it was sent.");
            });
            assertThat(entry.isReplaced()).isTrue();
        }
    }

    @Test
    void whatIsGoneIsNotSentAndNotFound() throws IOException {
        UrlResource entry = (UrlResource) entry(jar, "public/b.bin");
        URL url = new URL("jar:" + jar.toUri() + "!/public/b.bin");
        assertThat(UrlResource.jarOf(url)).contains(FileVersion.of(jar));
        pack("a.jar", Map.of("public/c.bin", large));
        assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> entry.open(false));
        assertThat(entry.isReplaced()).isTrue();
        assertThat(UrlResource.of(url)).isEmpty();
        Files.delete(jar);
        assertThat(UrlResource.of(url)).isEmpty();
        assertThat(UrlResource.jarOf(url)).isEmpty();
        assertThat(UrlResource.jarOf(folder.toUri().toURL())).isEmpty();
    }

    @Test
    void whatIsNoJarIsToldApartByLengthAndTime() throws IOException {
        Path file = Files.writeString(folder.resolve("plain.txt"), "plain");
        UrlResource resource = UrlResource.of(file.toUri().toURL()).orElseThrow();
        resource.open(false).close();
        Files.setLastModifiedTime(file, FileTime.from(BUILT));
        assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> resource.open(false));
        assertThat(resource.isReplaced()).isTrue();
    }

    @Test
    void whatIsNoJarIsReadByItsUrl() throws IOException {
        Path file = Files.writeString(folder.resolve("plain.txt"), "plain");
        Files.setLastModifiedTime(file, FileTime.from(BUILT));
        Resource resource = UrlResource.of(file.toUri().toURL()).orElseThrow();
        assertThat(resource.length()).isEqualTo(5);
        assertThat(resource.changed()).isEqualTo(BUILT);
        assertThat(Pieces.all(ask(resource, "1-3").body(Runnable::run))).isEqualTo("lai".getBytes(UTF_8));
    }
}
