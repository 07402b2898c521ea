package io.bocadillo.badinputs;

import io.bocadillo.badinputs.Reply.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A connection on which the script of one bad input is played, and what comes back. */
final class Conversation implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;

    /** How long nothing has to come before nothing more is expected. */
    private static final int SILENCE_MILLIS = 400;

    private final String host;
    private final Expectation expectation;
    private final Socket socket;
    private final InputStream in;
    private final long start = System.nanoTime();
    private final StringBuilder received = new StringBuilder();
    private Protocol protocol = Protocol.HTTP_1;
    private long end = start;
    private boolean closed;

    private Conversation(int port, Expectation expectation) throws IOException {
        this.host = "127.0.0.1:" + port;
        this.expectation = expectation;
        this.socket = new Socket("127.0.0.1", port);
        this.in = socket.getInputStream();
    }

    static Reply about(BadInput input, int port) throws IOException, InterruptedException {
        try (Conversation conversation = new Conversation(port, input.expectation())) {
            return conversation.play(input.raw());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Reply play(String raw) throws InterruptedException {
        if (raw.startsWith("<<H2:")) {
            protocol = Protocol.HTTP_2;
        }
        try {
            for (Step step : Script.parse(raw, host)) {
                if (!play(step)) {
                    return reply();
                }
            }
        } catch (IOException closedEarly) {
            closed = true;
        }
        receive();
        return reply();
    }

    /** Does it; false if it makes no sense to go on. */
    private boolean play(Step step) throws IOException, InterruptedException {
        if (step instanceof Step.Send send) {
            send(send.octets());
        } else if (step instanceof Step.Pause pause) {
            Thread.sleep(pause.millis());
        } else if (step instanceof Step.HalfClose) {
            socket.shutdownOutput();
        } else if (step instanceof Step.Upgrade upgrade) {
            return upgrade(upgrade);
        }
        return true;
    }

    private boolean upgrade(Step.Upgrade upgrade) throws IOException {
        StringBuilder handshake = new StringBuilder("GET " + upgrade.path() + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        upgrade.headers().forEach(header -> handshake.append(header).append("\r\n"));
        send(handshake.append("\r\n").toString());
        socket.setSoTimeout(PATIENCE_MILLIS);
        while (received.indexOf("\r\n\r\n") < 0 && readMore()) {}
        if (!received.toString().startsWith("HTTP/1.1 101")) {
            return false;
        }
        received.delete(0, received.indexOf("\r\n\r\n") + 4);
        protocol = Protocol.WEB_SOCKET;
        return true;
    }

    private void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads until the server closes, or all that matters has come, or it is certain that nothing comes. */
    private void receive() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            while (readMore()) {
                Reply reply = reply();
                if (reply.isWhole()) {
                    if (!expectation.looksBeyondFirstAnswer()) {
                        return;
                    }
                    boolean waitForClose = expectation.asksForClose() && !Expectation.isClosed(reply);
                    socket.setSoTimeout(waitForClose ? PATIENCE_MILLIS : SILENCE_MILLIS);
                }
            }
            closed = true;
        } catch (SocketTimeoutException silence) {
            return;
        } catch (IOException reset) {
            closed = true;
        }
        end = System.nanoTime();
    }

    private boolean readMore() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int count = in.read(buffer);
        if (count < 0) {
            return false;
        }
        received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        end = System.nanoTime();
        return true;
    }

    private Reply reply() {
        return new Reply(protocol, received.toString(), closed, TimeUnit.NANOSECONDS.toMillis(end - start));
    }
}
