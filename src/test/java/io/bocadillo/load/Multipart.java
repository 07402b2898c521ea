package io.bocadillo.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;

/** A form with one file of any size. */
final class Multipart {

    private static final byte[] HEAD =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"blocks.bin\"\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] TAIL = "\r\n--b--\r\n".getBytes(US_ASCII);

    private Multipart() {}

    /** What the server answers to a file of so many blocks. */
    static String upload(BigClient client, String path, long blocks) throws IOException {
        return client.upload(path, "Content-Type: multipart/form-data; boundary=b\r\n", HEAD, blocks, TAIL);
    }
}
