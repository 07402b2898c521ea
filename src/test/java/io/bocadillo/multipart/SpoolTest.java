package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    @TempDir
    Path temporary;

    @TempDir
    Path home;

    private final Memory memory = new Memory(8);

    private Spool spool(int threshold) {
        return new Spool(threshold, memory, temporary);
    }

    private static void write(Spool spool, String text) throws IOException {
        spool.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static String read(Spool spool) throws IOException {
        try (InputStream content = spool.open()) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(files()).isEmpty();
    }

    @Test
    void contentUpToTheThresholdStaysInMemory() throws IOException {
        try (Spool spool = spool(4)) {
            write(spool, "ab");
            write(spool, "cd");
            assertThat(files()).isEmpty();
            assertThat(spool.size()).isEqualTo(4);
            assertThat(read(spool)).isEqualTo("abcd");
            assertThat(read(spool)).isEqualTo("abcd");
            assertThat(memory.take(5)).isFalse();
        }
        assertThat(memory.take(8)).isTrue();
    }

    @Test
    void largerContentGoesToAFileThatOnlyItsOwnerMayRead() throws IOException {
        try (Spool spool = spool(4)) {
            write(spool, "ab");
            write(spool, "cde");
            spool.finish();
            assertThat(files()).hasSize(1);
            Path file = files().get(0);
            assertThat(file.getFileName().toString()).startsWith("bocadillo-");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(spool.size()).isEqualTo(5);
            assertThat(read(spool)).isEqualTo("abcde");
            write(spool, "f");
            assertThat(read(spool)).isEqualTo("abcdef");
            assertThat(memory.take(8)).isTrue();
        }
    }

    @Test
    void withoutMemoryLeftContentGoesToAFileAtOnce() throws IOException {
        memory.take(7);
        try (Spool spool = spool(100)) {
            write(spool, "a");
            assertThat(files()).isEmpty();
            write(spool, "b");
            assertThat(files()).hasSize(1);
            assertThat(read(spool)).isEqualTo("ab");
        }
    }

    @Test
    void itMakesRoomWhenAskedTo() throws IOException {
        try (Spool spool = spool(8)) {
            write(spool, "abcdefgh");
            spool.spill();
            spool.spill();
            assertThat(files()).hasSize(1);
            assertThat(memory.take(8)).isTrue();
            assertThat(read(spool)).isEqualTo("abcdefgh");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "abcdefgh"})
    void whatIsMovedStaysAndCanStillBeRead(String content) throws IOException {
        Path target = home.resolve("kept");
        Spool spool = spool(4);
        write(spool, content);
        spool.moveTo(target);
        assertThat(files()).isEmpty();
        assertThat(read(spool)).isEqualTo(content);
        spool.close();
        assertThat(target).hasContent(content);
        assertThat(read(spool)).isEqualTo(content);
        assertThat(spool.size()).isEqualTo(content.length());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThatIllegalStateException()
                .isThrownBy(() -> spool.moveTo(home.resolve("again")))
                .withMessageContaining("expected one move, got another");
    }

    @Test
    void noFileIsReplaced() throws IOException {
        Path target = Files.writeString(home.resolve("taken"), "mine");
        try (Spool spool = spool(4)) {
            write(spool, "yours");
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> spool.moveTo(target));
            assertThat(target).hasContent("mine");
            assertThat(read(spool)).isEqualTo("yours");
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> spool.moveTo(home.resolve("no/such/folder")));
            spool.moveTo(home.resolve("free"));
        }
        assertThat(home.resolve("free")).hasContent("yours");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void afterItsEndItRefuses(int threshold) throws IOException {
        Spool spool = spool(threshold);
        write(spool, "ab");
        spool.close();
        spool.close();
        assertThat(spool.size()).isEqualTo(2);
        assertThatIllegalStateException()
                .isThrownBy(spool::open)
                .withMessage("uploaded file: expected use before the end of the exchange, got it after."
                        + " Call moveTo for what shall stay.");
        assertThatIllegalStateException().isThrownBy(() -> spool.moveTo(home.resolve("late")));
        assertThatIllegalStateException().isThrownBy(() -> write(spool, "c"));
        assertThat(home.resolve("late")).doesNotExist();
    }

    @Test
    void anOpenStreamDoesNotKeepTheFile() throws IOException {
        Spool spool = spool(0);
        write(spool, "abc");
        try (InputStream content = spool.open()) {
            spool.close();
            assertThat(files()).isEmpty();
            assertThat(content.readAllBytes()).hasSize(3);
        }
    }

    @Test
    void aFileThatCanNotBeMadeIsAFailure() throws IOException {
        Spool spool = new Spool(2, memory, temporary.resolve("missing"));
        write(spool, "ab");
        assertThatIOException().isThrownBy(() -> write(spool, "c"));
        assertThatIllegalStateException().isThrownBy(spool::open);
        assertThat(memory.take(8)).isTrue();
    }

    @Test
    void aWriteThatFailsLeavesNoFileBehind() throws IOException {
        for (int written = 0; written < 4; written++) {
            Spool spool = spool(1);
            write(spool, "x".repeat(written));
            // The one failure of a disk that is always at hand: channels close when a thread is interrupted.
            Thread.currentThread().interrupt();
            try {
                assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> write(spool, "abc"));
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(files()).isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> write(spool, "d"));
        }
    }

    @Test
    void aMoveThatFailsForWantOfAFileLeavesNoneBehind() throws IOException {
        Spool spool = spool(8);
        write(spool, "ab");
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(ClosedByInterruptException.class)
                    .isThrownBy(() -> spool.moveTo(home.resolve("never")));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(home.resolve("never")).doesNotExist();
    }

    @Test
    void ofTwoMovesToOnePlaceOneIsRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 500; round++) {
                Path target = home.resolve("target" + round);
                int threshold = round % 2;
                CyclicBarrier barrier = new CyclicBarrier(2);
                List<Future<Boolean>> moves = threads.invokeAll(List.of(
                        () -> isMoved("a", threshold, target, barrier),
                        () -> isMoved("b", threshold, target, barrier)));
                assertThat(moves.get(0).get()).isNotEqualTo(moves.get(1).get());
                assertThat(target).hasContent(moves.get(0).get() ? "a" : "b");
            }
        } finally {
            threads.shutdown();
        }
    }

    private boolean isMoved(String content, int threshold, Path target, CyclicBarrier barrier) throws Exception {
        try (Spool spool = new Spool(threshold, new Memory(8), temporary)) {
            write(spool, content);
            spool.finish();
            barrier.await();
            spool.moveTo(target);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    @Test
    void whatIsInMemoryGoesStraightToItsPlace() throws IOException {
        Spool spool = new Spool(8, memory, temporary.resolve("missing"));
        write(spool, "ab");
        spool.moveTo(home.resolve("kept"));
        assertThat(home.resolve("kept")).hasContent("ab");
        assertThat(memory.take(8)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void aFileSystemWithoutLinksGetsACopy(int threshold) throws IOException {
        URI archive = URI.create("jar:" + home.resolve("archive.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path target = zip.getPath("kept");
            Spool spool = spool(threshold);
            write(spool, "ab");
            spool.moveTo(target);
            assertThat(read(spool)).isEqualTo("ab");
            Spool other = spool(threshold);
            write(other, "c");
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> other.moveTo(target));
            assertThat(read(other)).isEqualTo("c");
            other.close();
            assertThat(read(spool)).isEqualTo("ab");
        }
    }

    @Test
    void itTellsWithoutWaitingWhetherItIsOnDisk() throws IOException {
        try (Spool spool = spool(2)) {
            write(spool, "ab");
            assertThat(spool.isOnDisk()).isFalse();
            write(spool, "c");
            assertThat(spool.isOnDisk()).isTrue();
            spool.moveTo(home.resolve("kept"));
            assertThat(spool.isOnDisk()).isFalse();
        }
    }
}
