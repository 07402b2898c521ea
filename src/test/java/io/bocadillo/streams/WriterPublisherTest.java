package io.bocadillo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WriterPublisherTest {

    private static final int PIECE = 16 * 1024;
    private static final int ROUNDS = 3_000;
    private static final IOException GONE = new IOException("gone");

    public static final class Rules extends PublisherRules<ByteBuffer> {

        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
            return publisher(out -> {
                for (long i = 0; i < elements; i++) {
                    out.write('x');
                    out.flush();
                }
            });
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            return Given.taken(publisher(out -> {}));
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return TckTests.of(Rules::new);
    }

    private static WriterPublisher publisher(WriterPublisher.Writer writer) {
        return new WriterPublisher(writer, Given.THREADS, () -> GONE);
    }

    /** What the writer meets, as soon as it does. */
    private static CompletableFuture<Throwable> failureOf(
            WriterPublisher.Writer writer, Recorder<ByteBuffer> recorder) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        publisher(out -> failure.complete(catchThrowable(() -> writer.write(out))))
                .subscribe(recorder);
        return failure;
    }

    @Test
    void whatIsWrittenGoesOutAndThenTheEnd() throws Exception {
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    out.write("tac".getBytes(UTF_8));
                    out.write('o');
                    out.write("taco".getBytes(UTF_8), 3, 1);
                }),
                1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).containsExactly(UTF_8.encode("tacoo"));
        recorder.check();
    }

    @Test
    void itGathersPiecesOf16Kb() throws Exception {
        byte[] bytes = new byte[2 * PIECE + 5];
        ThreadLocalRandom.current().nextBytes(bytes);
        byte[] expected = bytes.clone();
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    out.write(bytes);
                    Arrays.fill(bytes, (byte) 0); // they are the writer's again
                }),
                10);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).extracting(ByteBuffer::remaining).containsExactly(PIECE, PIECE, 5);
        ByteBuffer together = ByteBuffer.allocate(expected.length);
        recorder.items.forEach(together::put);
        assertThat(together.array()).isEqualTo(expected);
    }

    @Test
    void flushHandsOverWhatIsThere() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Recorder<ByteBuffer> recorder = new Recorder<>(5) {
            @Override
            void take(ByteBuffer item) {
                super.take(item);
                seen.countDown();
            }
        };
        publisher(out -> {
                    out.flush();
                    out.write('a');
                    out.flush();
                    out.flush();
                    Given.await(seen);
                    out.write('b');
                })
                .subscribe(recorder);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).containsExactly(UTF_8.encode("a"), UTF_8.encode("b"));
    }

    @Test
    void itDoesNotStartBeforeThereIsDemand() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        Recorder<ByteBuffer> recorder = Recorder.of(publisher(out -> starts.incrementAndGet()), 0);
        assertThat(starts).hasValue(0);
        recorder.request(1);
        recorder.request(1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(starts).hasValue(1);
    }

    @Test
    void itBlocksWhileTwoPiecesAreNotTaken() throws Exception {
        BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        AtomicInteger asked = new AtomicInteger(1);
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    for (int i = 0; i < 20; i++) {
                        // One is out, two wait, one is in this thread's hands.
                        assertThat(i).isLessThanOrEqualTo(asked.get() + 2);
                        out.write(new byte[PIECE]);
                        written.add(i);
                    }
                }),
                1);
        for (int i = 0; i < 17; i++) {
            assertThat(written.poll(60, SECONDS)).isEqualTo(i);
            if (i >= 2) {
                asked.incrementAndGet();
                recorder.request(1);
            }
        }
        asked.addAndGet(50);
        recorder.request(50);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).hasSize(20);
    }

    @Test
    void itsFailureComesAfterWhatWasHandedOver() throws Exception {
        IOException failure = new IOException("no tacos");
        CountDownLatch failed = new CountDownLatch(1);
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    out.write('a');
                    out.flush();
                    out.write('b');
                    out.flush();
                    out.write('c');
                    failed.countDown();
                    throw failure;
                }),
                1);
        Given.await(failed);
        assertThat(recorder.hasEnded()).isFalse();
        recorder.request(1);
        assertThat(recorder.awaitEnd()).isSameAs(failure);
        assertThat(recorder.items).containsExactly(UTF_8.encode("a"), UTF_8.encode("b"));
        recorder.check();
    }

    @Test
    void cancelIsThrownAtTheNextWrite() throws Exception {
        Recorder<ByteBuffer> recorder = new Recorder<>(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = failureOf(
                out -> {
                    begun.countDown();
                    Given.await(cancelled);
                    assertThatIOException().isThrownBy(out::flush).isSameAs(GONE);
                    assertThatIOException().isThrownBy(out::close).isSameAs(GONE);
                    out.write(new byte[0]);
                },
                recorder);
        Given.await(begun);
        recorder.cancel();
        cancelled.countDown();
        assertThat(failure.get(60, SECONDS)).isSameAs(GONE);
        assertThat(recorder.hasEnded()).isFalse();
        recorder.check();
    }

    @Test
    void cancelIsThrownAtTheWriteThatBlocks() throws Exception {
        Recorder<ByteBuffer> recorder = new Recorder<>(1) {
            @Override
            void take(ByteBuffer item) {
                super.take(item);
                Given.THREADS.execute(this::cancel);
            }
        };
        CompletableFuture<Throwable> failure = failureOf(
                out -> {
                    while (true) {
                        out.write(new byte[PIECE]);
                    }
                },
                recorder);
        assertThat(failure.get(60, SECONDS)).isSameAs(GONE);
        assertThat(recorder.items).hasSize(1);
        assertThat(recorder.hasEnded()).isFalse();
    }

    @Test
    void whateverItThrowsAfterCancelIsDropped() throws Exception {
        Recorder<ByteBuffer> recorder = new Recorder<>(1);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        publisher(out -> {
                    thread.complete(Thread.currentThread());
                    Given.await(cancelled);
                    throw new IllegalStateException("late");
                })
                .subscribe(recorder);
        Thread writer = thread.get(60, SECONDS);
        recorder.cancel();
        cancelled.countDown();
        writer.join(60_000);
        assertThat(recorder.hasEnded()).isFalse();
    }

    @Test
    void aWriterThatIsCancelledBeforeItsThreadStartsNeverRuns() {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        AtomicInteger starts = new AtomicInteger();
        Recorder<ByteBuffer> recorder =
                Recorder.of(new WriterPublisher(out -> starts.incrementAndGet(), tasks::add, () -> GONE), 1);
        recorder.cancel();
        tasks.remove().run();
        assertThat(starts).hasValue(0);
        assertThat(recorder.hasEnded()).isFalse();
    }

    @Test
    void anInterruptEndsTheWriteThatBlocks() throws Exception {
        CountDownLatch written = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    thread.complete(Thread.currentThread());
                    try {
                        while (true) {
                            out.write(new byte[PIECE]);
                            written.countDown();
                        }
                    } finally {
                        interrupted.countDown();
                    }
                }),
                1);
        Given.await(written);
        thread.get(60, SECONDS).interrupt();
        Given.await(interrupted);
        recorder.request(5);
        assertThat(recorder.awaitEnd()).isInstanceOf(InterruptedIOException.class);
        assertThat(recorder.items).hasSize(3);
    }

    @Test
    void writesAfterTheWriterHasReturnedAreRefused() throws Exception {
        CompletableFuture<OutputStream> kept = new CompletableFuture<>();
        Recorder<ByteBuffer> recorder = Recorder.of(publisher(kept::complete), 1);
        assertThat(recorder.awaitEnd()).isNull();
        OutputStream out = kept.get();
        assertThatIOException()
                .isThrownBy(() -> out.write('a'))
                .withMessage("write: expected it before the writer returns, got it after."
                        + " Return when everything is written.");
        assertThatIOException().isThrownBy(out::flush);
        out.close();
        assertThat(recorder.items).isEmpty();
    }

    @Test
    void closingTheStreamIsNotTheEndButTheLastWrite() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    try (OutputStreamWriter text = new OutputStreamWriter(out, UTF_8)) {
                        text.write("café");
                    }
                    out.close();
                    refusal.complete(catchThrowable(() -> out.write('x')));
                    closed.countDown();
                    Given.await(looked);
                }),
                1);
        Given.await(closed);
        assertThat(recorder.hasEnded()).isFalse();
        looked.countDown();
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).containsExactly(UTF_8.encode("café"));
        assertThat(refusal.get())
                .isInstanceOf(IOException.class)
                .hasMessage("write: expected an open stream, got a closed one. Close it last.");
    }

    @Test
    void anExecutorThatRejectsFailsTheStream() throws Exception {
        RejectedExecutionException rejected = new RejectedExecutionException("full");
        WriterPublisher publisher = new WriterPublisher(
                out -> {},
                task -> {
                    throw rejected;
                },
                () -> GONE);
        assertThat(Recorder.of(publisher, 1).awaitEnd()).isSameAs(rejected);
    }

    @Test
    void anExecutorThatWouldBlockTheCallerFailsTheStream() throws Exception {
        WriterPublisher publisher = new WriterPublisher(out -> out.write('a'), Runnable::run, () -> GONE);
        assertThat(Recorder.of(publisher, 1).awaitEnd())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("writer: expected an executor with threads of its own");
    }

    @Test
    void writesOfSeveralThreadsAllArrive() throws Exception {
        AtomicInteger sum = new AtomicInteger();
        Recorder<ByteBuffer> recorder = new Recorder<>(1) {
            @Override
            void take(ByteBuffer item) {
                sum.addAndGet(item.remaining());
                request(1);
            }
        };
        publisher(out -> {
                    CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
                    for (int i = 0; i < writers.length; i++) {
                        writers[i] = CompletableFuture.runAsync(
                                () -> {
                                    try {
                                        for (int n = 0; n < 500; n++) {
                                            out.write(new byte[3_000]);
                                        }
                                    } catch (IOException failure) {
                                        throw new AssertionError(failure);
                                    }
                                },
                                Given.THREADS);
                    }
                    CompletableFuture.allOf(writers).get(60, SECONDS);
                })
                .subscribe(recorder);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(sum).hasValue(4 * 500 * 3_000);
        recorder.check();
    }

    @Test
    void nothingIsLostHoweverRequestsCome() throws Exception {
        Recorder<ByteBuffer> recorder = Recorder.of(
                publisher(out -> {
                    for (int i = 0; i < 300_000; i++) {
                        out.write(i);
                        if (i % 1_000 == 0) {
                            out.flush();
                        }
                    }
                }),
                0);
        recorder.requestByTwoThreads();
        assertThat(recorder.awaitEnd()).isNull();
        int count = 0;
        for (ByteBuffer piece : recorder.items) {
            while (piece.hasRemaining()) {
                assertThat(piece.get()).isEqualTo((byte) count++);
            }
        }
        assertThat(count).isEqualTo(300_000);
        recorder.check();
    }

    @Test
    void whateverRacesTheWriterIsReleased() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
            Recorder<ByteBuffer> recorder = Recorder.of(
                    new WriterPublisher(
                            out -> {
                                for (int i = 0; i < 6; i++) {
                                    out.write('a');
                                    out.flush();
                                }
                            },
                            task -> {
                                Thread thread = new Thread(task);
                                threads.add(thread);
                                thread.start();
                            },
                            () -> GONE),
                    1);
            Given.THREADS.execute(() -> {
                recorder.cancel();
                recorder.request(1);
            });
            recorder.request(ThreadLocalRandom.current().nextInt(0, 3));
            for (Thread thread : threads) {
                thread.join(60_000);
                assertThat(thread.isAlive()).isFalse();
            }
            recorder.check();
        }
    }
}
