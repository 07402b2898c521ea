package io.bocadillo.badinputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.badinputs.Step.HalfClose;
import io.bocadillo.badinputs.Step.Pause;
import io.bocadillo.badinputs.Step.Send;
import io.bocadillo.badinputs.Step.Upgrade;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void escapesAreResolvedAndOtherCharactersAreUtf8() {
        assertThat(parse("a\\r\\n\\t\\\\\\xfFé")).containsExactly(new Send("a\r\n\t\\\u00ff\u00c3\u00a9"));
    }

    @Test
    void repetitionsAndTheHostAreFilledIn() {
        assertThat(parse("<<3*a\\r\\n>><<HOST>>")).containsExactly(new Send("a\r\na\r\na\r\nhost:80"));
    }

    @Test
    void theLengthIsThatOfAllAfterTheFirstBlankLine() {
        assertThat(parse("L: <<LEN>>\\r\\n\\r\\nab<<SLEEP:5>><<10*c>>"))
                .containsExactly(new Send("L: 12\r\n\r\nab"), new Pause(5), new Send("cccccccccc"));
    }

    @Test
    void chunksAreFramed() {
        assertThat(parse("<<CHUNKS:2*0123456789a>>")).containsExactly(new Send("b\r\n0123456789a\r\n".repeat(2)));
    }

    @Test
    void theHalfCloseComesAfterWhatIsSentBefore() {
        assertThat(parse("a<<HALFCLOSE>>")).containsExactly(new Send("a"), new HalfClose());
    }

    @Test
    void zerosAreGzipped() {
        Send send = (Send) parse("<<GZ:100000>>").get(0);

        assertThat(send.octets()).startsWith("\u001f\u008b").hasSizeLessThan(1000);
    }

    @Test
    void aWebSocketIsOpenedBeforeItsFramesAreSent() {
        assertThat(parse("<<WS:/ws|Origin: x>>\\x81\\x00"))
                .containsExactly(new Upgrade("/ws", List.of("Origin: x")), new Send("\u0081\0"));
    }

    @Test
    void aRequestOfHttp2IsPrefaceSettingsHeadersAndData() {
        assertThat(parse("<<H2:4|:path=/>><<H2DATA:1|ab>>"))
                .containsExactly(new Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                        + "\0\0\0\4\0\0\0\0\0"
                        + "\0\0\u0009\1\4\0\0\0\1" + "\0\5:path\1/"
                        + "\0\0\2\0\1\0\0\0\1" + "ab"));
    }

    @Test
    void aMacroThatIsNoneIsAnError() {
        assertThatThrownBy(() -> parse("<<WHAT:1>>")).hasMessageContaining("WHAT:1");
    }

    private static List<Step> parse(String raw) {
        return Script.parse(raw, "host:80");
    }
}
