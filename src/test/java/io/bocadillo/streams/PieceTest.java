package io.bocadillo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PieceTest {

    private final Piece piece = new Piece();

    @Test
    void itGathersUpTo16Kb() {
        assertThat(piece.add(new byte[10_000], 0, 10_000)).isEqualTo(10_000);
        assertThat(piece.room()).isEqualTo(6_384);
        assertThat(piece.add(new byte[10_000], 0, 10_000)).isEqualTo(6_384);
        assertThat(piece.add(new byte[1], 0, 1)).isZero();
        assertThat(piece.take().remaining()).isEqualTo(16 * 1024);
    }

    @Test
    void itTakesPartsOfArraysAndWholeBuffers() {
        piece.add("tacos".getBytes(UTF_8), 1, 3);
        piece.add(UTF_8.encode("-mild"));
        assertThat(piece.take()).isEqualTo(UTF_8.encode("aco-mild"));
    }

    @Test
    void whatWasTakenStaysAsItIs() {
        piece.add(UTF_8.encode("a"));
        ByteBuffer first = piece.take();
        assertThat(piece.isEmpty()).isTrue();
        piece.add(UTF_8.encode("b"));
        assertThat(first).isEqualTo(UTF_8.encode("a"));
        assertThat(piece.take()).isEqualTo(UTF_8.encode("b"));
    }

    @Test
    void littleCostsLittle() {
        piece.add(new byte[1], 0, 1);
        assertThat(piece.take().array()).hasSize(512);
    }
}
