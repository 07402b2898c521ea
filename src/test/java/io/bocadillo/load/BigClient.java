package io.bocadillo.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/** Sends and takes bodies that fit into no memory, on a connection each, and adds them up. */
final class BigClient {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final long SLOW_BYTES_A_SECOND = 2 * 1024 * 1024;

    private final int port;

    BigClient(int port) {
        this.port = port;
    }

    /** What the server answers to an upload of so many blocks, between a head and a tail. */
    String upload(String path, String headers, byte[] head, long blocks, byte[] tail) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            long length = head.length + blocks * Blocks.SIZE + tail.length;
            out.write(("POST " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + headers
                            + "Content-Length: " + length + "\r\n\r\n")
                    .getBytes(US_ASCII));
            try {
                out.write(head);
                for (long i = 0; i < blocks; i++) {
                    out.write(Blocks.block(i));
                }
                out.write(tail);
            } catch (SocketException refused) {
                // The answer is there already.
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String status = line(in);
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException("expected 200, got '" + status + "'");
            }
            return new String(in.readNBytes((int) lengthOfBody(in)), US_ASCII);
        }
    }

    /** The checksum of an answer with a length, of which the first part is read slowly. */
    long download(String path, int slowSeconds) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), Blocks.SIZE));
            String status = line(in);
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException("expected 200, got '" + status + "'");
            }
            long left = lengthOfBody(in);
            long slow = slowSeconds * SLOW_BYTES_A_SECOND;
            byte[] bytes = new byte[Blocks.SIZE];
            CRC32C sum = new CRC32C();
            while (left > 0) {
                int read = in.read(bytes, 0, (int) Math.min(bytes.length, left));
                if (read < 0) {
                    throw new EOFException(left + " bytes are missing");
                }
                sum.update(bytes, 0, read);
                left -= read;
                slow -= read;
                if (slow > 0) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(read) / SLOW_BYTES_A_SECOND);
                }
            }
            return sum.getValue();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Reads the headers, up to the body. */
    private static long lengthOfBody(InputStream in) throws IOException {
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (length < 0) {
            throw new IOException("expected a Content-Length, got none");
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("expected a line, got '" + line + "'");
            }
            line.append((char) octet);
        }
        return line.substring(0, line.length() - 1);
    }
}
