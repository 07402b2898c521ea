package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What slf4j-simple writes between its creation and its end. */
public final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public CapturedLog() {
        System.setErr(new PrintStream(bytes, true, UTF_8));
    }

    public String text() {
        return bytes.toString(UTF_8);
    }

    public List<String> lines(String level) {
        return text().lines()
                .filter(line -> line.matches("(\\[.+] )?" + level + " .*"))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
