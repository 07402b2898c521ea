package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/**
 * Where the parser differs from the one of Jetty 12.1, at its strictest, on purpose.
 *
 * <ul>
 *   <li>A delimiter after a bare LF is content here, as RFC 2046 has it; Jetty takes it for a delimiter, or refuses it.
 *   <li>A delimiter right after the empty line ends a part without content (RFC 2046, {@code body-part}); Jetty misses
 *       a CR.
 *   <li>White space before the last two dashes, and anything after them on their line, is malformed here.
 *   <li>The head of a part is checked here for what makes a field: Jetty does that later, or not at all.
 * </ul>
 */
final class JettyDifference {

    private static final Pattern DELIMITER_AFTER_LF = Pattern.compile("(^|[^\r])\n--B");

    private JettyDifference() {}

    /** Fails unless both read the document, whose boundary is B, as the same parts, refuse it, or are meant to differ. */
    static void assertNone(byte[] document) {
        String text = new String(document, ISO_8859_1);
        if (DELIMITER_AFTER_LF.matcher(text).find()) {
            return;
        }
        Reading ours = Reading.of("B", Reading.ENDLESS, document);
        JettyReading theirs = JettyReading.of("B", document);
        if (theirs.failure() == null && ours.refusal() == null) {
            assertThat(JettyReading.Part.of(ours)).as(text).isEqualTo(theirs.parts());
        } else if (ours.refusal() == null) {
            assertThat(theirs.failure()).as(text).hasMessage("400: invalid LF-only EOL");
            assertThat(text).contains("\r\n\r\n--B");
        } else if (theirs.failure() == null) {
            assertThat(ours.refusal())
                    .as(text)
                    .matches("400 (part|header of a part|Content-[A-Za-z-]+): expected [^\n]+"
                            + "|400 multipart: expected CRLF or '--' after the boundary, got another byte\\.");
        }
    }
}
