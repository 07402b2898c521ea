package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link to a file of the repository leads to one, and its anchor to a heading there. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

    /** What GitHub leaves out of an anchor; docs/.vitepress/config.mts has the same rule. */
    private static final Pattern DROPPED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]");

    private record Link(Path page, String target) {

        Path file() {
            String path = target.split("#", 2)[0];
            return path.isEmpty() ? page : page.resolveSibling(path).normalize();
        }

        String anchor() {
            return target.contains("#") ? target.split("#", 2)[1] : "";
        }

        boolean isDead() {
            return !Files.exists(file())
                    || !anchor().isEmpty() && !anchors(file()).contains(anchor());
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(Fence.ROOT.resolve("README.md"), Fence.ROOT.resolve("CHANGELOG.md")));
        for (String folder : List.of("docs", ".github")) {
            try (Stream<Path> files = Files.walk(Fence.ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("node_modules"))
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<Link> links(Path page) {
        return text(page).stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .map(target -> new Link(page, target))
                .toList();
    }

    private static List<String> anchors(Path page) {
        return text(page).stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> anchor(heading.group(1)))
                .toList();
    }

    private static String anchor(String heading) {
        return DROPPED.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    }

    /** All but the fences. */
    private static List<String> text(Path page) {
        List<String> text = new ArrayList<>();
        boolean isFence = false;
        for (String line : Fence.read(page)) {
            if (line.strip().startsWith("```")) {
                isFence = !isFence;
            } else if (!isFence) {
                text.add(line);
            }
        }
        return text;
    }

    @Test
    void noneIsDead() throws IOException {
        Map<String, List<Link>> links = pages().stream()
                .flatMap(page -> links(page).stream())
                .collect(Collectors.groupingBy(
                        link -> Fence.ROOT.relativize(link.page()).getName(0).toString()));
        assertThat(links.keySet()).contains("README.md", "docs", ".github");
        links.forEach((place, found) ->
                assertThat(found.stream().filter(Link::isDead)).as(place).isEmpty());
    }

    @Test
    void aDeadOneIsFound(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.md"), "## Jetty's `run()`, again\n\n```sh\n# comment\n```\n");
        Path page = Files.writeString(folder.resolve("page.md"), """
                # Here
                [fine](#here) [fine](other.md) [`x`](other.md#jettys-run-again) [fine](https://example.com/#nowhere)
                ```md
                [no link](nowhere.md)
                ```
                [dead](nowhere.md) [dead](#there)
                [dead](other.md#jetty-s-run-again) [dead](other.md#comment)
                """);
        assertThat(links(page).stream().filter(Link::isDead).map(Link::target))
                .containsExactly("nowhere.md", "#there", "other.md#jetty-s-run-again", "other.md#comment");
    }
}
