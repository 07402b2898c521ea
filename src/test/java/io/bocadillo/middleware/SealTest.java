package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final byte[] OTHER = "0123456789abcdef0123456789abcdeg".getBytes(UTF_8);

    static Seal[] seals() {
        return new Seal[] {new SignedSeal(SECRET), new EncryptedSeal(SECRET)};
    }

    @Provide
    Arbitrary<Seal> anySeal() {
        return Arbitraries.of(seals());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void hmacIsThatOfRfc4231Section43() {
        assertThat(hex(Hkdf.hmac(
                        "Jefe".getBytes(UTF_8), "what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void hkdfIsThatOfRfc5869AppendixA3() {
        byte[] key = Hkdf.extract(HexFormat.of().parseHex("0b".repeat(22)));
        assertThat(hex(key)).isEqualTo("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
        assertThat(hex(Hkdf.expand(key))).isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Property(tries = 200)
    void whatWasSealedOpens(@ForAll("anySeal") Seal seal, @ForAll @Size(max = 200) byte[] content) {
        String text = seal.seal("session", content);
        assertThat(text).matches("[A-Za-z0-9._-]*");
        assertThat(seal.open("session", text)).isEqualTo(content);
    }

    @Property(tries = 1000)
    void aTextWithOneBitFlippedIsRefused(
            @ForAll("anySeal") Seal seal,
            @ForAll @Size(max = 60) byte[] content,
            @ForAll int place,
            @ForAll @IntRange(max = 15) int bit) {
        String text = seal.seal("session", content);
        int at = Math.floorMod(place, text.length());
        char flipped = (char) (text.charAt(at) ^ 1 << bit);
        assertThat(seal.open("session", text.substring(0, at) + flipped + text.substring(at + 1)))
                .isNull();
    }

    /** In base64 of 32 bytes the last two bits of the last character mean nothing. */
    @ParameterizedTest
    @MethodSource("seals")
    void theLastCharacterCountsWhole(Seal seal) {
        for (int length = 0; length < 4; length++) {
            String text = seal.seal("session", new byte[length]);
            String start = text.substring(0, text.length() - 1);
            for (char c = ' '; c < '\u007F'; c++) {
                boolean isOurs = c == text.charAt(text.length() - 1);
                assertThat(seal.open("session", start + c) != null).as("%s", c).isEqualTo(isOurs);
            }
        }
    }

    @Property(tries = 300)
    void aPartOfATextIsRefused(@ForAll("anySeal") Seal seal, @ForAll @IntRange(max = 300) int length) {
        String text = seal.seal("session", new byte[40]);
        String part = text.substring(0, Math.min(length, text.length() - 1));
        assertThat(seal.open("session", part)).isNull();
        assertThat(seal.open("session", text.substring(1))).isNull();
        assertThat(seal.open("session", text + "A")).isNull();
        assertThat(seal.open("session", text + "=")).isNull();
    }

    @Property(tries = 500)
    void anyTextIsRefused(@ForAll("anySeal") Seal seal, @ForAll String text) {
        assertThat(seal.open("session", text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "=", "a.b", "\u0000", "é", "%2E"})
    void garbageIsRefused(String text) {
        for (Seal seal : seals()) {
            assertThat(seal.open("session", text)).isNull();
        }
    }

    @Test
    void anotherKeyAnotherPurposeAndAnotherSealDoNotOpen() {
        byte[] content = "content".getBytes(UTF_8);
        for (Seal seal : seals()) {
            String text = seal.seal("session", content);
            assertThat(new SignedSeal(OTHER).open("session", text)).isNull();
            assertThat(new EncryptedSeal(OTHER).open("session", text)).isNull();
            assertThat(seal.open("other", text)).isNull();
            for (Seal other : seals()) {
                assertThat(other.open("session", text) != null).isEqualTo(other.getClass() == seal.getClass());
            }
        }
    }

    @Test
    void purposeAndContentAreNotMistakenForOneAnother() {
        SignedSeal seal = new SignedSeal(SECRET);
        String signature = seal.seal("a", new byte[0]);
        assertThat(seal.open("a.", signature.substring(1))).isNull();
        assertThat(seal.open("aAAA", seal.seal("a", new byte[3]).substring(4))).isNull();
    }

    @Test
    void encryptedContentIsNeverTheSameAndCannotBeRead() {
        EncryptedSeal seal = new EncryptedSeal(SECRET);
        byte[] content = "content that is easily found".getBytes(UTF_8);
        String text = seal.seal("session", content);
        assertThat(text).isNotEqualTo(seal.seal("session", content));
        assertThat(new String(Base64.getUrlDecoder().decode(text), UTF_8)).doesNotContain("content", "easily");
    }
}
