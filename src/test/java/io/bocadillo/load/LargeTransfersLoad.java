package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two gigabytes pass through a server with a heap of 64 MB. */
@Tag("load")
class LargeTransfersLoad {

    private static final long BLOCKS = 2L * 1024 * 1024 * 1024 / Blocks.SIZE;
    private static final long MULTIPART_BLOCKS = BLOCKS / 2;
    private static final int SLOW_SECONDS = 5;
    private static final int MOST_MEGABYTES = 320;
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    private interface Transfer {
        long sum() throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(300)
    void needNoMoreMemoryThanSmallOnes(Container container) throws Exception {
        Path file = sparseFile();
        long sumOfBlocks = sumOfBlocks(BLOCKS);
        long sumOfFile = sumOf(file);
        try (ChildServer server =
                ChildServer.start(container, TransferApp.class, "-Xmx64m", "-Dbocadillo.undertow.maxEntitySize=-1")) {
            BigClient client = new BigClient(server.port());
            server.ask("/ping");
            int temporaryFiles = server.temporaryFiles().size();
            measure(server, container, Figure.UPLOAD, sumOfBlocks, () -> {
                return Long.parseLong(client.upload("/uploads", "", NOTHING, BLOCKS, NOTHING), 16);
            });
            measure(server, container, Figure.GENERATED_DOWNLOAD, sumOfBlocks, () -> {
                return client.download("/generated?blocks=" + BLOCKS, 0);
            });
            measure(server, container, Figure.FILE_DOWNLOAD, sumOfFile, () -> {
                return client.download("/file?path=" + file, SLOW_SECONDS);
            });
            measure(server, container, Figure.MULTIPART_UPLOAD, sumOfBlocks(MULTIPART_BLOCKS), () -> {
                return Long.parseLong(Multipart.upload(client, "/files", MULTIPART_BLOCKS), 16);
            });
            // They go when the answer is out.
            Await.until("temporary files", 5, () -> server.temporaryFiles().size(), count -> count == temporaryFiles);
            assertThat(server.errors()).isEmpty();
        }
    }

    private static void measure(
            ChildServer server, Container container, Figure figure, long expected, Transfer transfer) throws Exception {
        long start = System.nanoTime();
        assertThat(transfer.sum()).as(figure.row()).isEqualTo(expected);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        long megabytes = server.peakMegabytes();
        figure.is(container, megabytes + " MB, " + seconds + " s");
        assertThat(megabytes).as("resident megabytes").isLessThanOrEqualTo(MOST_MEGABYTES);
    }

    /** Takes little of the disk: a block here and there, and nothing between. */
    private Path sparseFile() throws IOException {
        Path file = folder.resolve("two-gigabytes.bin");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(BLOCKS * Blocks.SIZE);
            for (long i = 0; i < BLOCKS; i += 100) {
                content.seek(i * Blocks.SIZE + i);
                content.write(Blocks.block(i));
            }
        }
        return file;
    }

    private static long sumOfBlocks(long count) {
        CRC32C sum = new CRC32C();
        for (long i = 0; i < count; i++) {
            sum.update(Blocks.block(i), 0, Blocks.SIZE);
        }
        return sum.getValue();
    }

    private static long sumOf(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] bytes = new byte[Blocks.SIZE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                sum.update(bytes, 0, read);
            }
        }
        return sum.getValue();
    }
}
