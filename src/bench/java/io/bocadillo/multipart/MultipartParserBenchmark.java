package io.bocadillo.multipart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading forms with files, in the pieces in which a server gets them. */
@State(Scope.Benchmark)
public class MultipartParserBenchmark {

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final int PIECE = 16 * 1024;
    private static final Limits LIMITS = new Limits(100, Long.MAX_VALUE, 2048, 1024);

    private final byte[] fields = form("title=Groceries", "text=Bread, tomatoes and an avocado", "tag=food");
    private final byte[] megabyte = form("file=" + random(1024 * 1024));

    @Benchmark
    public long threeFields() throws IOException {
        return parse(fields);
    }

    @Benchmark
    public long fileOf1MiB() throws IOException {
        return parse(megabyte);
    }

    private static long parse(byte[] document) throws IOException {
        Counter counter = new Counter();
        MultipartParser parser = new MultipartParser(BOUNDARY, LIMITS, counter);
        for (int start = 0; start < document.length; start += PIECE) {
            parser.feed(ByteBuffer.wrap(document, start, Math.min(PIECE, document.length - start)));
        }
        parser.end();
        return counter.bytes;
    }

    private static byte[] form(String... parts) {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            int equals = part.indexOf('=');
            form.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; name=\"");
            form.append(part, 0, equals).append("\"\r\n\r\n");
            form.append(part, equals + 1, part.length()).append("\r\n");
        }
        return form.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes as they are in a compressed file, the same ones each time. */
    private static String random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static final class Counter implements PartHandler {

        private long bytes;

        @Override
        public void part(PartHead head) {}

        @Override
        public void data(ByteBuffer data) {
            bytes += data.remaining();
        }

        @Override
        public void endOfPart() {}
    }
}
