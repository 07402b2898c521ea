package io.bocadillo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBodyTest {

    private static final int PIECE = SegmentReader.PIECE;

    @TempDir
    private Path folder;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "disk"));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final byte[] content = new byte[3 * PIECE + 100];
    private Path file;

    @BeforeEach
    void write() throws IOException {
        new Random(7).nextBytes(content);
        file = Files.write(folder.resolve("a.bin"), content);
    }

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private Flow.Publisher<ByteBuffer> body(Executor on) throws IOException {
        return FileAnswer.whole(Representation.of(file, "a/b"), "GET").body(on);
    }

    /** Runs what was handed to {@code tasks::add}. */
    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void aFileArrivesInPiecesOf32KilobytesEachInABufferOfItsOwn() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(4);
        pieces.awaitEnd();
        assertThat(pieces.pieces.stream().map(ByteBuffer::remaining)).containsExactly(PIECE, PIECE, PIECE, 100);
        assertThat(pieces.bytes()).isEqualTo(content);
        Set<byte[]> arrays = new HashSet<>();
        pieces.pieces.forEach(piece -> arrays.add(piece.array()));
        assertThat(arrays).hasSize(4);
    }

    @Test
    void whoeverAsksNeverReads() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(Long.MAX_VALUE);
        pieces.awaitEnd();
        assertThat(pieces.threads).extracting(Thread::getName).containsOnly("disk");
    }

    @Test
    void noPieceComesThatWasNotAskedFor() throws IOException {
        Pieces pieces = Pieces.of(body(tasks::add));
        assertThat(tasks).isEmpty();
        pieces.subscription().request(1);
        assertThat(pieces.pieces).isEmpty();
        runTasks();
        assertThat(pieces.pieces).hasSize(1);
        pieces.subscription().request(1);
        pieces.subscription().request(1);
        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(pieces.pieces).hasSize(3);
        assertThat(pieces.hasEnded()).isFalse();
        pieces.subscription().request(1);
        runTasks();
        pieces.awaitEnd();
    }

    @Test
    void asManyAsALongCanCountAreAllThereAre() throws IOException {
        Pieces pieces = Pieces.of(body(tasks::add));
        pieces.subscription().request(Long.MAX_VALUE);
        pieces.subscription().request(Long.MAX_VALUE);
        runTasks();
        pieces.awaitEnd();
        assertThat(pieces.bytes()).isEqualTo(content);
    }

    @Test
    void theEndNeedNotBeAskedFor() throws IOException {
        file = Files.write(folder.resolve("even.bin"), new byte[PIECE]);
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(1);
        pieces.awaitEnd();
        file = Files.createFile(folder.resolve("empty.bin"));
        Pieces.of(body(executor)).awaitEnd();
    }

    @Test
    void anExecutorThatRunsAtOnceIsNoRecursion() throws IOException {
        byte[] large = new byte[20_000 * PIECE / 32];
        file = Files.write(folder.resolve("large.bin"), large);
        assertThat(Pieces.all(body(Runnable::run))).hasSize(large.length);
    }

    @Test
    void theFileIsOpenFromTheFirstRequestToTheEnd() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        assertThat(isOpen()).isFalse();
        pieces.subscription().request(1);
        drain();
        assertThat(isOpen()).isTrue();
        pieces.subscription().request(3);
        pieces.awaitEnd();
        assertThat(isOpen()).isFalse();
    }

    @Test
    void cancellingClosesTheFileAndNothingComesAnyMore() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(1);
        drain();
        pieces.subscription().cancel();
        pieces.subscription().request(1);
        pieces.subscription().cancel();
        pieces.subscription().request(-1);
        drain();
        assertThat(isOpen()).isFalse();
        assertThat(pieces.pieces).hasSize(1);
        assertThat(pieces.hasEnded()).isFalse();
    }

    @Test
    void cancellingOpensNothing() throws IOException {
        Pieces pieces = Pieces.of(body(tasks::add));
        pieces.subscription().request(1);
        pieces.subscription().cancel();
        runTasks();
        assertThat(pieces.pieces).isEmpty();
    }

    @Test
    void aFileCutShortBreaksOff() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(1);
        drain();
        try (RandomAccessFile shorter = new RandomAccessFile(file.toFile(), "rw")) {
            shorter.setLength(PIECE + 1);
        }
        pieces.subscription().request(3);
        assertThat(pieces.error())
                .isInstanceOf(EOFException.class)
                .hasMessage("file: expected bytes up to " + (content.length - 1) + ", got its end at " + (PIECE + 1)
                        + ". It was cut short while it was sent.");
        assertThat(pieces.pieces).hasSize(1);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aFileThatGrowsIsSentAsItWas() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(1);
        drain();
        Files.write(file, new byte[PIECE], StandardOpenOption.APPEND);
        pieces.subscription().request(Long.MAX_VALUE);
        pieces.awaitEnd();
        assertThat(pieces.bytes()).isEqualTo(content);
    }

    @Test
    void anotherFileInItsPlaceIsAnErrorBeforeTheFirstPiece() throws IOException {
        Flow.Publisher<ByteBuffer> body = body(executor);
        Files.move(
                Files.write(folder.resolve("b.bin"), content),
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        assertIsRefused(body);
    }

    @Test
    void aFileThatBecameShorterIsAnErrorBeforeTheFirstPiece() throws IOException {
        Flow.Publisher<ByteBuffer> body = body(executor);
        Files.write(file, new byte[content.length - 1]);
        assertIsRefused(body);
    }

    @Test
    void aFileThatGrowsBeforeTheFirstPieceIsSentAsItWasUnderAWeakTagAlone() throws IOException {
        Representation recent = Representation.of(file, "a/b");
        Representation promised = recent.withETag(ETag.strong("v1"));
        Files.write(file, new byte[PIECE], StandardOpenOption.APPEND);
        assertThat(Pieces.all(FileAnswer.whole(recent, "GET").body(executor))).isEqualTo(content);
        assertIsRefused(FileAnswer.whole(promised, "GET").body(executor));
    }

    private void assertIsRefused(Flow.Publisher<ByteBuffer> body) throws IOException {
        Pieces pieces = Pieces.of(body);
        pieces.subscription().request(1);
        assertThat(pieces.error())
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(file + ": expected " + content.length + " bytes of ")
                .hasMessageEndingWith(". It was changed before it was sent.");
        assertThat(pieces.pieces).isEmpty();
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aFileThatIsGoneIsAnError() throws IOException {
        Flow.Publisher<ByteBuffer> body = body(executor);
        Files.delete(file);
        Pieces pieces = Pieces.of(body);
        pieces.subscription().request(1);
        assertThat(pieces.error()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aSecondSubscriberIsRefused() throws IOException {
        Flow.Publisher<ByteBuffer> body = body(executor);
        Pieces first = Pieces.of(body);
        Pieces second = Pieces.of(body);
        second.subscription().request(1);
        second.subscription().cancel();
        assertThat(second.error())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("body of a file: expected one subscriber, got another.");
        first.subscription().request(4);
        first.awaitEnd();
        assertThatNullPointerException().isThrownBy(() -> body.subscribe(null));
    }

    @Test
    void askingForNothingIsAnError() throws IOException {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(0);
        assertThat(pieces.error())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request: expected a positive number, got '0'.");
    }

    @Test
    void anExecutorThatHasShutDownIsAnErrorAndClosesTheFile() throws Exception {
        Pieces pieces = Pieces.of(body(executor));
        pieces.subscription().request(1);
        drain();
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        pieces.subscription().request(1);
        assertThat(pieces.error()).isInstanceOf(RejectedExecutionException.class);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aSubscriberThatThrowsIsNotCalledAgain() throws IOException {
        CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        Queue<Object> calls = new ArrayDeque<>();
        body(tasks::add).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.complete(given);
                given.request(2);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                calls.add(piece);
                throw new IllegalStateException("full");
            }

            @Override
            public void onError(Throwable error) {
                calls.add(error);
            }

            @Override
            public void onComplete() {
                calls.add("complete");
            }
        });
        try {
            runTasks();
        } catch (IllegalStateException full) {
            assertThat(full).hasMessage("full");
        }
        subscription.join().request(1);
        runTasks();
        assertThat(calls).hasSize(1);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aFileBeyondTwoGigabytesIsReadAtItsEnd() throws IOException {
        long length = 5L << 30;
        try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
            holes.setLength(length - 3);
            holes.seek(length - 3);
            holes.write(new byte[] {1, 2, 3});
        }
        FileAnswer answer = FileAnswer.of(
                Representation.of(file, "a/b"), "GET", name -> name.equals("Range") ? List.of("bytes=-4") : List.of());
        assertThat(answer.headers()).containsEntry("Content-Range", "bytes 5368709116-5368709119/5368709120");
        assertThat(Pieces.all(answer.body(executor))).containsExactly(0, 1, 2, 3);
        assertThat(FileAnswer.whole(Representation.of(file, "a/b"), "GET").length())
                .isEqualTo(length);
    }

    /** Waits until the executor has nothing left to do. */
    private void drain() {
        CompletableFuture.runAsync(() -> {}, executor)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** Asks the kernel, where it can be asked. */
    private boolean isOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors));
        try (Stream<Path> open = Files.list(descriptors)) {
            Path real = file.toRealPath();
            return open.anyMatch(descriptor -> leadsTo(descriptor, real));
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
