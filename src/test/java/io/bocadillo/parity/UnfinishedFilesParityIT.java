package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class UnfinishedFilesParityIT {

    private static final int PATIENCE_MILLIS = 30_000;

    @Parameter
    Site site;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=1-1,5-"})
    void aFileThatShrinksWhileItIsSentBreaksTheAnswerOff(String range) throws Exception {
        ServedFile huge = ServedFile.huge(folder.resolve("huge.bin"));
        long mark = site.mark();
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET " + huge.path(), "Range: " + range));
            assertThat(wire.hasSomethingWithin(PATIENCE_MILLIS)).isTrue();
            huge.setLength(10);
            assertThatThrownBy(wire::read)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        site.expectOneError(mark, "GET /file", "cut short while it was sent");
        Eventually.noneOpen(site);
    }

    @Test
    void aClientThatGoesLetsGoOfTheFile() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors));
        ServedFile huge = ServedFile.huge(folder.toRealPath().resolve("huge.bin"));
        long mark = site.mark();
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET " + huge.path()));
            assertThat(wire.hasSomethingWithin(PATIENCE_MILLIS)).isTrue();
            assertThat(isOpen(descriptors, huge.file())).isTrue();
            wire.reset();
        }
        Eventually.noneOpen(site);
        Eventually.expect("the file is closed", () -> !isOpen(descriptors, huge.file()));
        assertThat(site.errors(mark)).isEmpty();
    }

    private static boolean isOpen(Path descriptors, Path file) throws IOException {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException closed) {
                    return false;
                }
            });
        }
    }
}
