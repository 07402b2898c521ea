package io.bocadillo.containers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One connection to a server on this machine, which sends exactly the bytes it is given. */
public final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final AnswerReader answers;

    public Wire(int port) {
        this(port, 0);
    }

    private Wire(int port, int window) {
        try {
            socket = new Socket();
            if (window > 0) {
                socket.setReceiveBufferSize(window);
                socket.setSendBufferSize(window);
            }
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            answers = new AnswerReader(in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A connection which takes only little, in either direction, while the other side does not read. */
    public static Wire withSmallWindow(int port) {
        return new Wire(port, 4096);
    }

    /** Takes as much from now on as any connection. */
    public void widen() throws IOException {
        socket.setReceiveBufferSize(1024 * 1024);
    }

    /** Sends one request on a connection of its own and reads the answer, after which nothing may follow. */
    public static Answer ask(int port, String request) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.send(request);
            Answer answer = request.startsWith("HEAD ") ? wire.readToHead() : wire.read();
            wire.halfClose();
            wire.expectEnd();
            return answer;
        }
    }

    /** Sends text as Latin-1: each character is one byte. */
    public Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Wire send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends each byte in a packet of its own. */
    public Wire sendByteByByte(String text) throws IOException {
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            out.write(octet);
            out.flush();
        }
        return this;
    }

    /** Reads the next answer, an interim one (1xx) too. */
    public Answer read() throws IOException {
        return answers.read(false);
    }

    /** Reads the next answer, which is one to HEAD. */
    public Answer readToHead() throws IOException {
        return answers.read(true);
    }

    /** Reads bytes of the next answer as they come, at most so many; -1 at the end. */
    public int read(byte[] bytes) throws IOException {
        return in.read(bytes);
    }

    /** Reads what comes until the server closes the connection, framing and all. */
    public byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Reads what comes until it ends with that text in Latin-1, framing and all. */
    public String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("expected '" + end + "', got the end after '" + text + "'");
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    /** Whether anything comes, the end too, in that time. */
    public boolean hasSomethingWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            in.read();
            in.reset();
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Waits for the server to close the connection, before which it may send nothing. */
    public void expectEnd() throws IOException {
        try {
            int octet = in.read();
            if (octet >= 0) {
                throw new ProtocolException("expected the end of the connection, got '" + (char) octet
                        + new String(in.readNBytes(Math.min(200, in.available())), StandardCharsets.ISO_8859_1) + "'");
            }
        } catch (SocketException reset) {
            // A reset is an end, too.
        }
    }

    /** Sends the end of the stream; the other direction stays open. */
    public void halfClose() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException closed) {
            // The server was faster.
        }
    }

    /** Resets the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
