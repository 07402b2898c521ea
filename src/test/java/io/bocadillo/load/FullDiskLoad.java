package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bocadillo.containers.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk of 2 MB, which root alone can make. */
@Tag("load")
class FullDiskLoad {

    private static final long BLOCKS_OF_ONE_MEGABYTE = 16;

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()));
    }

    @AfterEach
    void unmount() throws Exception {
        succeeds("umount", disk.toString());
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void anUploadThatDoesNotFitIsRefusedAndLeavesRoomForTheNext(Container container) throws Exception {
        Path home = Files.createDirectory(folder.resolve("server"));
        try (ChildServer server = ChildServer.start(
                container, TransferApp.class, home, disk, List.of(), "-Dbocadillo.undertow.maxEntitySize=-1")) {
            BigClient client = new BigClient(server.port());
            int before = server.temporaryFiles().size();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> Multipart.upload(client, "/files", 10 * BLOCKS_OF_ONE_MEGABYTE))
                        .hasMessageMatching("expected 200, got 'HTTP/1.1 507.*'");
            }
            expectTemporaryFiles(server, before);
            assertThat(Multipart.upload(client, "/files", BLOCKS_OF_ONE_MEGABYTE))
                    .isNotEmpty();
            expectTemporaryFiles(server, before);
            assertThat(server.openExchanges()).isZero();
            Figure.FULL_DISK.is(container, "refused, nothing left, the next one is taken");
        }
    }

    /** They go when the answer is out. */
    private static void expectTemporaryFiles(ChildServer server, int count) throws Exception {
        Await.until("temporary files", 5, () -> server.temporaryFiles().size(), now -> now == count);
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
