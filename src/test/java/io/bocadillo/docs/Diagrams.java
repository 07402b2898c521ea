package io.bocadillo.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The diagrams that classes of the library have in their Javadoc, between {@code <pre>} and {@code </pre>}. */
final class Diagrams {

    private Diagrams() {}

    static List<String> of(String type) {
        List<String> source = Fence.read(file(type));
        List<String> diagram = source.stream()
                .dropWhile(line -> !line.strip().equals("* <pre>"))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("* </pre>"))
                .map(line -> line.replaceFirst("^ *\\*", ""))
                .toList();
        return Fence.unlines(diagram.stream()).stripIndent().lines().toList();
    }

    private static Path file(String type) {
        try (Stream<Path> sources = Files.walk(Fence.ROOT.resolve("src/main/java"))) {
            return sources.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no class " + type));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
