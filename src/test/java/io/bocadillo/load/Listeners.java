package io.bocadillo.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Clients of an event stream, all of them on the thread that asks. */
final class Listeners implements AutoCloseable {

    private static final ByteBuffer REQUEST =
            ByteBuffer.wrap("GET /feed HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);

    Listeners(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(REQUEST.duplicate());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** How many have got the text within that time, which stops when all have. */
    int awaitAll(String text, int seconds) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int[] count = {0};
        int all = selector.keys().size();
        while (count[0] < all && System.nanoTime() < deadline) {
            selector.select(key -> count[0] += hasGot(key, text) ? 1 : 0, 10);
        }
        return count[0];
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** A text this small comes in one piece. */
    private boolean hasGot(SelectionKey key, String text) {
        try {
            buffer.clear();
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read < 0) {
                throw new AssertionError("a feed has ended");
            }
            return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString().contains(text);
        } catch (IOException failure) {
            throw new AssertionError("a feed broke off", failure);
        }
    }
}
