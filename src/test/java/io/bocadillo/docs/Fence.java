package io.bocadillo.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fenced code block of the documentation: <code>```java [Hello#hello]</code>. Sites highlight it by the first word and
 * drop the brackets; we find by the brackets what it has to say.
 *
 * @param line of the opening fence, from 1
 * @param language the first word, or empty
 * @param name what stands in the brackets, or empty
 * @param lines the content, without the indentation of the fence
 */
record Fence(Path file, int line, String language, String name, String indent, List<String> lines) {

    static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final boolean WRITE = Boolean.getBoolean("snippets.write");

    private static final Pattern OPENING = Pattern.compile("( *)```+ *(\\S*) *(?:\\[(.*)])?.*");

    /** All fences of README.md and docs. */
    static List<Fence> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Fence> fences = new ArrayList<>(of(ROOT.resolve("README.md")));
            docs.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .forEach(file -> fences.addAll(of(file)));
            return fences;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Fence> of(Path file) {
        List<Fence> fences = new ArrayList<>();
        List<String> lines = read(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher opening = OPENING.matcher(lines.get(i));
            if (!opening.matches()) {
                continue;
            }
            String indent = opening.group(1);
            List<String> content = new ArrayList<>();
            int start = i;
            for (i++; i < lines.size() && !lines.get(i).strip().equals("```"); i++) {
                String line = lines.get(i);
                content.add(line.startsWith(indent) ? line.substring(indent.length()) : line.strip());
            }
            String name = opening.group(3) == null ? "" : opening.group(3);
            fences.add(new Fence(file, start + 1, opening.group(2), name, indent, List.copyOf(content)));
        }
        return fences;
    }

    /** Whether it shows the diagram of a class, which it has for its name. */
    boolean isDiagram() {
        return language.equals("text") && !name.isEmpty() && !name.contains("#");
    }

    /** Puts other content in the place of this one; the lines of later fences in this file may shift. */
    void rewrite(List<String> content) {
        List<String> all = new ArrayList<>(read(file));
        List<String> old = all.subList(line, line + lines.size());
        old.clear();
        content.forEach(text -> old.add(text.isEmpty() ? text : indent + text));
        try {
            Files.writeString(file, String.join("\n", all) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What is wrong when the content is not the expected one; empty when it is. */
    String difference(List<String> expected, String source) {
        if (expected.equals(lines)) {
            return "";
        }
        int i = 0;
        while (i < Math.min(expected.size(), lines.size()) && expected.get(i).equals(lines.get(i))) {
            i++;
        }
        return String.format(
                "%s: differs from %s, first at line %d:%n  expected: %s%n  got:      %s%nRun"
                        + " mvn test -Dtest='io.bocadillo.docs.*Test' -Dsnippets.write=true",
                this, source, line + 1 + i, at(expected, i), at(lines, i));
    }

    private static String at(List<String> lines, int i) {
        return i < lines.size() ? "'" + lines.get(i) + "'" : "the end";
    }

    static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** {@code docs/routing.md:12 ```java [RoutingPageTest#first]}. */
    @Override
    public String toString() {
        String brackets = name.isEmpty() ? "" : " [" + name + "]";
        return ROOT.relativize(file) + ":" + line + " ```" + language + brackets;
    }

    static String unlines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n"));
    }
}
