package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;

/** An app at one home in one container, and requests to its paths. */
record Site(Container container, Running server) {

    /** Asks on a connection of its own: {@code ask("GET /hello", "Accept: text/plain")}. */
    Answer ask(String methodAndPath, String... headers) throws IOException {
        return Wire.ask(server.port(), head(methodAndPath, withClose(headers)));
    }

    /** Asks with a body in Latin-1 of known length. */
    Answer askWithBody(String methodAndPath, String body, String... headers) throws IOException {
        return Wire.ask(server.port(), withBody(methodAndPath, body, withClose(headers)));
    }

    /** The head of a request for a path of the app, after which the connection stays open. */
    String head(String methodAndPath, String... headers) {
        int space = methodAndPath.indexOf(' ');
        StringBuilder head = new StringBuilder(methodAndPath.substring(0, space + 1))
                .append(base())
                .append(methodAndPath.substring(space + 1))
                .append(" HTTP/1.1\r\nHost: test\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** A whole request with a body in Latin-1 of known length, after which the connection stays open. */
    String withBody(String methodAndPath, String body, String... headers) {
        String head = head(methodAndPath, headers);
        return head.substring(0, head.length() - 2) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Asks once more on a connection: nothing of the answers before is left on it, and it is still in use. */
    void expectInStep(Wire wire) throws IOException {
        assertThat(wire.send(head("GET /hello")).read().text()).isEqualTo("hello");
    }

    /** How much the log has by now, for {@link #errors}. */
    long mark() {
        return server.log().mark();
    }

    /** The errors that the library has logged since; some containers have a word to say about closed connections, too. */
    List<String> errors(long mark) {
        return server.log().since(mark, "ERROR").stream()
                .filter(line -> line.contains("io.bocadillo"))
                .toList();
    }

    /** There is that one error in the log since, and no other. */
    void expectOneError(long mark, String... parts) throws Exception {
        Eventually.expect("there is an error in the log", () -> !errors(mark).isEmpty());
        assertThat(errors(mark)).singleElement().asString().contains(parts);
    }

    /** The answer breaks off, or is a 500: what has not gone out when the error comes may still be taken back. */
    static void expectBrokenOff(Wire wire) {
        try {
            assertThat(wire.read().status()).isEqualTo(500);
        } catch (IOException brokenOff) {
            assertThat(brokenOff).isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    Wire connect() {
        return server.connect();
    }

    String base() {
        return server.home().base();
    }

    @Override
    public String toString() {
        return container + " " + server.home();
    }

    private static String[] withClose(String[] headers) {
        String[] more = Arrays.copyOf(headers, headers.length + 1);
        more[headers.length] = "Connection: close";
        return more;
    }
}
