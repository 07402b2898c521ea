package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.fail;

import io.bocadillo.Settings;
import io.bocadillo.settings.Variables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the code in README.md and docs to what is compiled and run here.
 *
 * <ul>
 *   <li>A fence of Java shows a region of a class in this package or in the example app.
 *   <li>A fence with curl, and a message that an app gives, are checked by the class in this package that their name
 *       begins with; see {@link Shown}.
 *   <li>A fence of text with the name of a class of the library shows the diagram in its Javadoc.
 *   <li>An artifact in a fence of XML has the version of our own poms.
 *   <li>A variable that a command sets is one that Bocadillo reads.
 *   <li>A test that CONTRIBUTING names exists.
 * </ul>
 */
class SnippetsTest {

    /** At the beginning of a command, or after another one or {@code export}; not {@code -DNAME=value}. */
    private static final Pattern VARIABLE = Pattern.compile("(?<![^\\s])([A-Z][A-Z0-9_]*)=");

    private static final Path TESTS = Fence.ROOT.resolve("src/test/java/io/bocadillo");

    @Test
    void everyJavaFenceShowsARegion() {
        Map<String, Region> regions = Region.all();
        List<String> mistakes = new ArrayList<>();
        for (Fence fence : Shown.bottomUp(Fence.all())) {
            if (!fence.language().equals("java")) {
                continue;
            }
            Region region = regions.get(fence.name());
            if (fence.name().isEmpty()) {
                mistakes.add(fence + ": expected the name of a region, got none. Write ```java [Class#region].");
            } else if (region == null) {
                mistakes.add(fence + ": expected a region, got '" + fence.name() + "'. There are " + regions.keySet());
            } else if (Fence.WRITE) {
                fence.rewrite(region.lines());
            } else {
                mistakes.add(fence.difference(region.lines(), region.toString()));
            }
        }
        assertNone(mistakes);
    }

    @Test
    void everyRegionIsShown() {
        Set<String> shown = new HashSet<>();
        Fence.all().forEach(fence -> shown.add(fence.name()));
        List<String> mistakes = new ArrayList<>();
        Region.all().forEach((name, region) -> {
            if (!shown.contains(name)) {
                mistakes.add(region + ": expected a fence to show it, got none. Write ```java [" + name + "].");
            }
        });
        assertNone(mistakes);
    }

    @Test
    void everyCommandIsRun() {
        List<String> mistakes = new ArrayList<>();
        for (Fence fence : Fence.all()) {
            boolean runs = fence.lines().stream().anyMatch(line -> line.startsWith("$ curl"));
            if ((runs || !fence.name().isEmpty())
                    && !fence.language().equals("java")
                    && !fence.isDiagram()
                    && !Shown.isChecked(fence)) {
                mistakes.add(fence + ": expected a class that checks it, got none."
                        + " Name it ```console [Class#name], and call Shown.console(\"Class#name\", app) there.");
            }
        }
        assertNone(mistakes);
    }

    @Test
    void everyDiagramIsThatOfItsClass() {
        List<String> mistakes = new ArrayList<>();
        for (Fence fence : Shown.bottomUp(Fence.all())) {
            if (fence.isDiagram()) {
                List<String> diagram = Diagrams.of(fence.name());
                if (Fence.WRITE) {
                    fence.rewrite(diagram);
                } else {
                    mistakes.add(fence.difference(diagram, "the Javadoc of " + fence.name()));
                }
            }
        }
        assertNone(mistakes);
    }

    @Test
    void versionsAreThoseOfThePoms() {
        Versions versions = Versions.ofOurPoms();
        List<String> mistakes = new ArrayList<>();
        for (Fence fence : Fence.all()) {
            if (fence.language().equals("xml")) {
                versions.mistakes(fence.lines()).forEach(mistake -> mistakes.add(fence + ": " + mistake));
            }
        }
        assertNone(mistakes);
    }

    @Test
    void everyVariableOfACommandIsRead() {
        Set<String> read = new HashSet<>(Set.of("PORT"));
        Settings.of(Map.of()).declared().forEach(key -> read.add(Variables.ofOwn(key.name())));
        List<String> mistakes = new ArrayList<>();
        for (Fence fence : Fence.all()) {
            if (fence.language().equals("sh")) {
                VARIABLE.matcher(String.join("\n", fence.lines()))
                        .results()
                        .map(set -> set.group(1))
                        .filter(name -> !read.contains(name))
                        .forEach(name -> mistakes.add(fence + ": expected a variable that is read, got '" + name
                                + "'. Bocadillo's own begin with " + Variables.PREFIX + "."));
            }
        }
        assertNone(mistakes);
    }

    @Test
    void contributorsAreGivenTestsThatExist() {
        Pattern named = Pattern.compile("-D(?:it\\.)?test='?(\\w+)");
        List<String> mistakes = new ArrayList<>();
        for (String line : Fence.read(Fence.ROOT.resolve(".github/CONTRIBUTING.md"))) {
            named.matcher(line).results().map(test -> test.group(1)).forEach(test -> {
                if (!test.equals("io")
                        && !Files.exists(TESTS.resolve(test + ".java"))
                        && !Files.exists(TESTS.resolve("parity").resolve(test + ".java"))) {
                    mistakes.add("CONTRIBUTING: expected a test, got '" + test + "'. Name another one.");
                }
            });
        }
        assertNone(mistakes);
    }

    private static void assertNone(List<String> mistakes) {
        mistakes.removeIf(String::isEmpty);
        if (!mistakes.isEmpty()) {
            fail(String.join("\n\n", mistakes));
        }
    }
}
