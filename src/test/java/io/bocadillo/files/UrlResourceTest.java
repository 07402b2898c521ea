package io.bocadillo.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URL;
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
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void itsRangesAreSentInAnyOrder() throws IOException {
        Resource entry = entry(jar, "public/b.bin");
        byte[] end = Pieces.all(ask(entry, "-10").body(Runnable::run));
        assertThat(end).isEqualTo(Arrays.copyOfRange(large, large.length - 10, large.length));
        FileAnswer backwards = ask(entry, "90000-90009,10-19");
        String parts = new String(Pieces.all(backwards.body(Runnable::run)), ISO_8859_1);
        assertThat(backwards.length()).isEqualTo(parts.length());
        assertThat(parts)
                .contains(new String(large, 90_000, 10, ISO_8859_1))
                .contains(new String(large, 10, 10, ISO_8859_1));
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
    void whatHasBecomeShorterBreaksOff() throws IOException {
        FileAnswer answer = ask(entry(jar, "public/b.bin"), "");
        pack("a.jar", Map.of("public/b.bin", "short".getBytes(UTF_8)));
        assertThat(Pieces.of(answer.body(Runnable::run))).satisfies(pieces -> {
            pieces.subscription().request(9);
            assertThat(pieces.error()).isInstanceOf(EOFException.class);
        });
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
