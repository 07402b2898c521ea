package io.bocadillo.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands in a source file between {@code // #region name} and {@code // #endregion name}; a region may go on further
 * below, under the same name.
 *
 * @param line of the first opening comment, from 1
 * @param lines without their common indentation, and without the comments of other regions
 */
record Region(Path file, int line, List<String> lines) {

    static final Path PAGES = Fence.ROOT.resolve("src/test/java/io/bocadillo/docs");
    private static final Path EXAMPLE = Fence.ROOT.resolve("webapp-example/src/main/java");

    private static final String OPENING = "// #region ";
    private static final String CLOSING = "// #endregion ";

    /** All regions by their names, {@code Hello#hello}. */
    static Map<String, Region> all() {
        Map<String, Region> regions = new TreeMap<>();
        for (Path root : List.of(PAGES, EXAMPLE)) {
            try (Stream<Path> sources = Files.walk(root)) {
                sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> collect(file, regions));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return regions;
    }

    private static void collect(Path file, Map<String, Region> regions) {
        String type = file.getFileName().toString().replace(".java", "");
        List<String> lines = Fence.read(file);
        for (int i = 0; i < lines.size(); i++) {
            String comment = lines.get(i).strip();
            if (comment.startsWith(OPENING)) {
                String name = comment.substring(OPENING.length());
                Region part = new Region(file, i + 1, content(file, lines, i + 1, name));
                regions.merge(type + "#" + name, part, Region::and);
            }
        }
        regions.replaceAll((name, region) -> region.file().equals(file) ? region.stripped() : region);
    }

    private Region and(Region further) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(further.lines);
        return new Region(file, line, all);
    }

    private Region stripped() {
        return new Region(
                file, line, Fence.unlines(lines.stream()).stripIndent().lines().toList());
    }

    private static List<String> content(Path file, List<String> lines, int from, String name) {
        List<String> content = new ArrayList<>();
        for (int i = from; i < lines.size(); i++) {
            String comment = lines.get(i).strip();
            if (comment.equals(CLOSING + name)) {
                return content;
            }
            if (!comment.startsWith(OPENING) && !comment.startsWith(CLOSING)) {
                content.add(lines.get(i));
            }
        }
        throw new AssertionError(
                Fence.ROOT.relativize(file) + ":" + from + ": expected '" + CLOSING + name + "', got the end.");
    }

    @Override
    public String toString() {
        return Fence.ROOT.relativize(file) + ":" + line;
    }
}
