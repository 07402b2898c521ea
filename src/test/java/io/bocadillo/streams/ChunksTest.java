package io.bocadillo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChunksTest {

    @Test
    void textIsUtf8() {
        assertThat(Chunks.of("café 🌮")).isEqualTo(UTF_8.encode("café 🌮"));
        assertThat(Chunks.of(new StringBuilder("taco"))).isEqualTo(UTF_8.encode("taco"));
        assertThat(Chunks.of("")).isEqualTo(ByteBuffer.allocate(0));
    }

    @Test
    void textThatIsABufferIsNotConsumed() {
        CharBuffer text = CharBuffer.wrap("taco");
        Chunks.of(text);
        assertThat(text.remaining()).isEqualTo(4);
    }

    @Test
    void bytesAreShared() {
        byte[] bytes = {1, 2, 3};
        assertThat(Chunks.of(bytes).array()).isSameAs(bytes);
    }

    @Test
    void aBufferIsNotConsumedForItsOwner() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
        ByteBuffer chunk = Chunks.of(buffer);
        assertThat(chunk).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
        chunk.get();
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void anythingElseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chunks.of(LocalDate.EPOCH))
                .withMessage("stream: expected items that are String, byte[] or ByteBuffer, got 'java.time.LocalDate'."
                        + " Map each item to one of these.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chunks.of(new int[0]))
                .withMessageContaining("got 'int[]'");
        assertThatNullPointerException().isThrownBy(() -> Chunks.of(null)).withMessageContaining("got 'null'");
    }
}
