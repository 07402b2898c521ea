package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.badinputs.Deviation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/compatibility.md are made from the lists that the integration tests go by. */
class CompatibilityPageTest {

    private static final String PAGE = "docs/compatibility.md";

    private static final Map<String, String> CONTAINERS = Map.of(
            "JETTY", "Jetty",
            "TOMCAT_10", "Tomcat 10.1",
            "TOMCAT_11", "Tomcat 11",
            "UNDERTOW", "Undertow");

    private static final List<String> ALL = List.of("JETTY", "TOMCAT_10", "TOMCAT_11", "UNDERTOW");

    /** {@code /** What it does. *}{@code / A_NAME(JETTY, TOMCAT_10)}. */
    private static final Pattern DEVIATION = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z][A-Z_0-9]+)\\(([A-Z_0-9,\\s]*)\\)[,;]", Pattern.DOTALL);

    private static final Pattern REFUSED =
            Pattern.compile("^ {4}[A-Z][A-Z_0-9]+\\(\"((?:\\\\.|[^\"])*)\"(?:, ([^;]*?))?\\)[,;]$", Pattern.MULTILINE);

    private static final Pattern CONSTANT = Pattern.compile("^ {4}[A-Z][A-Z_0-9]+\\(", Pattern.MULTILINE);

    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    @Test
    void versionsAreThoseOfThePom() {
        Versions poms = Versions.ofOurPoms();
        String undertow = poms.property("undertow.version").replace(".Final", "");
        assertThat(Fence.read(Fence.ROOT.resolve(PAGE)))
                .contains("| tested with | " + poms.property("jetty.version") + " | "
                        + poms.property("tomcat10.version") + " | " + poms.property("tomcat11.version") + " | "
                        + undertow + " |")
                .anyMatch(line -> line.startsWith(
                        "| a WAR in a distribution | yes (" + poms.property("jetty-home.version") + ") |"));
    }

    @Test
    void deviations() {
        String source = source("parity/Deviation.java");
        Table table = new Table("container", "what it does");
        List<MatchResult> found = DEVIATION.matcher(source).results().toList();
        assertThat(found).hasSize(constants(source));
        found.forEach(deviation -> table.row(containers(deviation.group(3)), text(deviation.group(1))));
        table.check(PAGE, "parity");
    }

    @Test
    void refusedPaths() {
        String source = source("parity/RefusedPath.java");
        Table table = new Table("path", "Jetty", "Tomcat", "Undertow");
        List<MatchResult> found = REFUSED.matcher(source).results().toList();
        assertThat(found).hasSize(constants(source));
        found.forEach(path -> {
            List<String> refusing = path.group(2) == null ? List.of() : names(path.group(2));
            assertThat(refusing.contains("TOMCAT_10")).isEqualTo(refusing.contains("TOMCAT_11"));
            table.row(
                    "`" + unescaped(path.group(1)) + "`",
                    refuses(refusing, "JETTY"),
                    refuses(refusing, "TOMCAT_10"),
                    refuses(refusing, "UNDERTOW"));
        });
        table.check(PAGE, "paths");
    }

    @Test
    void badInputs() {
        Map<String, Set<String>> containers = new LinkedHashMap<>();
        for (Deviation deviation : Deviation.ALL) {
            containers
                    .computeIfAbsent(deviation.id() + " " + deviation.reason(), none -> new LinkedHashSet<>())
                    .add(deviation.container().name());
        }
        Map<List<String>, Set<String>> rows = new LinkedHashMap<>();
        for (Deviation deviation : Deviation.ALL) {
            Set<String> same = containers.get(deviation.id() + " " + deviation.reason());
            rows.computeIfAbsent(List.of(containers(same), deviation.reason()), none -> new LinkedHashSet<>())
                    .add(deviation.id());
        }
        Table table = new Table("container", "inputs", "what it does");
        rows.forEach((row, ids) -> table.row(row.get(0), String.join(", ", ids), row.get(1)));
        table.check(PAGE, "badinputs");
    }

    private static String unescaped(String literal) {
        return UNICODE.matcher(literal)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))))
                .translateEscapes();
    }

    /** How many there are, so that none is overlooked. */
    private static int constants(String source) {
        return (int) CONSTANT.matcher(source).results().count();
    }

    private static String refuses(List<String> refusing, String container) {
        return refusing.contains(container) ? "refuses" : "the app refuses";
    }

    private static List<String> names(String constants) {
        return constants.contains("Container.values()")
                ? ALL
                : Arrays.stream(constants.strip().split(",\\s*")).toList();
    }

    private static String containers(String constants) {
        return containers(names(constants));
    }

    private static String containers(Collection<String> constants) {
        return constants.stream()
                .map(CONTAINERS::get)
                .collect(Collectors.joining(", "))
                .replace("Tomcat 10.1, Tomcat 11", "Tomcat");
    }

    /** The text of a Javadoc comment as Markdown. */
    private static String text(String javadoc) {
        return javadoc.replaceAll("\\s*\\R\\s*\\*\\s?", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .strip();
    }

    private static String source(String file) {
        Path path = Fence.ROOT.resolve("src/test/java/io/bocadillo").resolve(file);
        return Fence.unlines(Fence.read(path).stream());
    }
}
