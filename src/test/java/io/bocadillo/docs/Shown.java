package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.bocadillo.App;
import io.bocadillo.testing.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what the documentation shows: the answers below commands, and the messages of an app. */
final class Shown {

    private static final Pattern PLACE = Pattern.compile("\\b(\\w+)\\.java:(\\d+)");

    private Shown() {}

    /** Runs the curl commands of the fences of that name against the app, and compares the answers. */
    static void console(String name, App app) {
        console(name, TestClient.of(app));
    }

    /** Runs them with what the client sends besides. */
    static void console(String name, TestClient client) {
        for (Fence fence : fences(name)) {
            List<String> actual = new ArrayList<>();
            List<String> lines = fence.lines();
            for (int i = 0; i < lines.size(); ) {
                int from = i;
                while (lines.get(i).endsWith("\\")) {
                    i++;
                }
                List<String> command = lines.subList(from, ++i);
                while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
                    i++;
                }
                actual.addAll(command);
                actual.addAll(
                        command.get(0).startsWith("$ curl ")
                                ? Curl.of(String.join("\n", command)).output(client)
                                : lines.subList(from + command.size(), i));
            }
            check(fence, actual);
        }
    }

    /** Compares the fences of that name with a text; places in a region read as if it were the whole Main.java. */
    static void text(String name, String text) {
        Region region = Region.all().get(name);
        Matcher place = PLACE.matcher(text);
        String expected = place.replaceAll(found ->
                region != null && region.file().getFileName().toString().equals(found.group(1) + ".java")
                        ? "Main.java:" + (Integer.parseInt(found.group(2)) - region.line())
                        : found.group());
        fences(name).forEach(fence -> check(fence, expected.lines().toList()));
    }

    /** Whether the class that the fence names has a call that checks it. */
    static boolean isChecked(Fence fence) {
        String[] names = fence.name().split("#");
        Path source = Region.PAGES.resolve(names[0] + ".java");
        return names.length == 2
                && Files.exists(source)
                && Fence.read(source).stream().anyMatch(line -> line.contains("(\"" + fence.name() + "\", "));
    }

    /** From the end of each file to its start, so that rewriting one does not move the next. */
    static List<Fence> bottomUp(List<Fence> fences) {
        return fences.stream()
                .sorted(Comparator.comparing(Fence::line).reversed())
                .toList();
    }

    private static List<Fence> fences(String name) {
        List<Fence> named = Fence.all().stream()
                .filter(fence -> fence.name().equals(name) && !fence.language().equals("java"))
                .toList();
        assertThat(named).as("fences named " + name).isNotEmpty();
        return bottomUp(named);
    }

    private static void check(Fence fence, List<String> expected) {
        if (Fence.WRITE) {
            fence.rewrite(expected);
        } else {
            String difference = fence.difference(expected, "what the app gives");
            if (!difference.isEmpty()) {
                fail(difference);
            }
        }
    }
}
