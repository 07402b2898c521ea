package io.bocadillo.starvation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection with one request whose body comes byte by byte, or no further than its beginning. */
final class SlowClient implements AutoCloseable {

    private static final Pattern ANSWER = Pattern.compile(
            "(?s)(?:HTTP/1.1 100 .*?\\r\\n\\r\\n)?HTTP/1.1 (\\d+) .*?\\r\\nContent-Length: (\\d+)\\r\\n(?:.*?\\r\\n)??\\r\\n(.*)");

    private final SlowBody body;
    private final boolean silent;
    private final SocketChannel channel;
    private final long begun;
    private final StringBuilder received = new StringBuilder();
    private long answered;
    private long ended;

    SlowClient(int port, SlowBody body, boolean silent, Selector selector) throws IOException {
        this.body = body;
        this.silent = silent;
        this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        begun = System.nanoTime();
        send(body.opening());
    }

    /** Sends another byte, unless it is a silent one. */
    void dribble() {
        if (!silent && ended == 0) {
            try {
                send("x");
            } catch (IOException closed) {
                end();
            }
        }
    }

    void receive(ByteBuffer buffer) {
        try {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                end();
            } else {
                received.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                if (answered == 0 && isWhole()) {
                    answered = System.nanoTime();
                }
            }
        } catch (IOException reset) {
            end();
        }
    }

    boolean hasEnded() {
        return ended != 0;
    }

    /** What went otherwise than it should; empty when nothing. */
    String complaint(long patienceMillis, long boundMillis) {
        String status = status();
        if (!status.equals(String.valueOf(body.status()))) {
            return who() + ": expected " + body.status() + ", got '" + status + "'";
        }
        long answerMillis = TimeUnit.NANOSECONDS.toMillis(answered - begun) - body.delayMillis();
        if (answerMillis > patienceMillis) {
            return who() + ": answered late";
        }
        if (!hasEnded()) {
            return who() + ": expected the connection to end, got it open";
        }
        return TimeUnit.NANOSECONDS.toMillis(ended - answered) > boundMillis ? who() + ": ended late" : "";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private String who() {
        return body + (silent ? ", silent" : "");
    }

    private boolean isWhole() {
        return !status().isEmpty();
    }

    /** That of the answer; empty if there is no whole one, or anything after it. */
    private String status() {
        Matcher answer = ANSWER.matcher(received);
        boolean whole = answer.matches() && answer.group(3).length() == Integer.parseInt(answer.group(2));
        return whole ? answer.group(1) : "";
    }

    private void send(String octets) throws IOException {
        channel.write(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void end() {
        if (ended == 0) {
            ended = System.nanoTime();
            try {
                channel.close();
            } catch (IOException closed) {
                // The server was faster.
            }
        }
    }
}
