package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseWriterTest {

    /** A container's stream that is ready when the test says so, and insists on being asked before each write. */
    private static final class Out extends ServletOutputStream {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final BooleanSupplier readiness;
        private boolean asked;
        private int failAfter = Integer.MAX_VALUE;
        private int flushes;

        Out(BooleanSupplier readiness) {
            this.readiness = readiness;
        }

        @Override
        public boolean isReady() {
            asked = readiness.getAsBoolean();
            return asked;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void flush() {
            if (!asked) {
                throw new IllegalStateException("flush without isReady()");
            }
            asked = false;
            flushes++;
        }

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!asked) {
                throw new IllegalStateException("write without isReady()");
            }
            if (taken.size() >= failAfter) {
                throw new IOException("broken pipe");
            }
            asked = false;
            taken.write(bytes, offset, length);
        }
    }

    private final List<@Nullable Throwable> ends = new ArrayList<>();

    private static ResponseWriter writer(Out out, byte[] body, Consumer<@Nullable Throwable> done) {
        IdleLimit none = new IdleLimit(Duration.ZERO, (nanos, task) -> null, Runnable::run, () -> {});
        return new ResponseWriter(out, PieceQueue.of(body), new Lease(), none, done);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void everythingIsWrittenWhileTheContainerTakesIt() {
        Out out = new Out(() -> true);
        byte[] body = bytes(200_000);
        writer(out, body, ends::add).onWritePossible();
        assertThat(out.taken.toByteArray()).isEqualTo(body);
        assertThat(ends).containsExactly((Throwable) null);
    }

    @Test
    void itWaitsForTheContainerToTakeTheLastByte() {
        boolean[] ready = {true};
        Out out = new Out(() -> ready[0]);
        byte[] body = bytes(10);
        ResponseWriter writer = writer(out, body, ends::add);
        Out slow = out;
        ready[0] = false;
        writer.onWritePossible();
        assertThat(slow.taken.size()).isZero();
        assertThat(ends).isEmpty();
        ready[0] = true;
        writer.onWritePossible();
        assertThat(slow.taken.toByteArray()).isEqualTo(body);
        assertThat(ends).containsExactly((Throwable) null);
    }

    @Property(tries = 300)
    void anyRhythmOfReadinessWritesEverythingOnce(
            @ForAll @IntRange(min = 0, max = 300_000) int length, @ForAll Random random) {
        List<@Nullable Throwable> ended = new ArrayList<>();
        Out out = new Out(() -> random.nextInt(3) > 0);
        byte[] body = bytes(length);
        ResponseWriter writer = writer(out, body, ended::add);
        for (int signals = 0; ended.isEmpty() && signals < 10_000; signals++) {
            writer.onWritePossible();
        }
        assertThat(out.taken.toByteArray()).isEqualTo(body);
        assertThat(ended).containsExactly((Throwable) null);
    }

    @Test
    void aSignalFromInsideIsReadyIsNoSecondWriter() {
        ResponseWriter[] writer = new ResponseWriter[1];
        int[] depth = {0};
        Out out = new Out(() -> {
            if (depth[0]++ < 3) {
                writer[0].onWritePossible();
            }
            return true;
        });
        byte[] body = bytes(100_000);
        writer[0] = writer(out, body, ends::add);
        writer[0].onWritePossible();
        assertThat(out.taken.toByteArray()).isEqualTo(body);
        assertThat(ends).containsExactly((Throwable) null);
    }

    @Test
    void aWriteThatFailsEndsItWithTheFailure() {
        Out out = new Out(() -> true);
        out.failAfter = 64 * 1024;
        writer(out, bytes(200_000), ends::add).onWritePossible();
        assertThat(ends).singleElement().satisfies(end -> assertThat(end).hasMessage("broken pipe"));
    }

    @Test
    void afterTheEndSignalsWriteNothing() {
        Out out = new Out(() -> true);
        ResponseWriter writer = writer(out, bytes(10), ends::add);
        writer.onWritePossible();
        writer.onWritePossible();
        assertThat(out.taken.size()).isEqualTo(10);
        assertThat(ends).containsExactly((Throwable) null);
    }

    @Test
    void anErrorOfTheContainerEndsIt() {
        IOException reset = new IOException("reset");
        writer(new Out(() -> false), bytes(10), ends::add).onError(reset);
        assertThat(ends).containsExactly(reset);
    }

    @Test
    void itFlushesBeforeItIsDone() {
        boolean[] ready = {true};
        Out[] out = new Out[1];
        out[0] = new Out(() -> ready[0] && out[0].flushes == 0);
        ResponseWriter writer = writer(out[0], bytes(100_000), ends::add);
        writer.onWritePossible();
        assertThat(out[0].taken.size()).isEqualTo(100_000);
        assertThat(out[0].flushes).isOne();
        assertThat(ends).isEmpty();
    }

    @Test
    void itIsDoneOnceTheContainerHasFlushed() {
        Out out = new Out(() -> true);
        int[] flushes = {0};
        writer(out, bytes(10), end -> flushes[0] = out.flushes).onWritePossible();
        assertThat(flushes[0]).isOne();
    }
}
