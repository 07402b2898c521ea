package io.bocadillo.docs;

import io.bocadillo.App;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The app of docs/first-steps.md, as a reader has it who types what the page shows and knows nothing else.
 *
 * <p>The first fence of Java is the file. A fence that declares a record goes into the class, above {@code app()}; other
 * lines go above {@code return app}, or, where a fence registers a route anew, in the place of the line that did it so
 * far.
 */
final class Tutorial {

    private static final Path PAGE = Fence.ROOT.resolve("docs/first-steps.md");
    private static final Pattern ROUTE = Pattern.compile("^app\\.\\w+\\(\"[^\"]*\", ");

    private final List<String> source = new ArrayList<>();

    private Tutorial() {}

    /** A client of the app as it is when the reader comes to the fence of that name. */
    static TestClient client(String name, Path folder) throws IOException {
        until(name).compile("", folder);
        return TestClient.of(app(folder));
    }

    /** Compiles the finished app together with the test at the end of the page. */
    static void compileTest(String name, Path folder) throws IOException {
        Fence test = page().stream()
                .filter(fence -> fence.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fence " + name));
        until(name).compile(Fence.unlines(test.lines().stream()), folder);
    }

    private static List<Fence> page() {
        return Fence.all().stream().filter(fence -> fence.file().equals(PAGE)).toList();
    }

    private static Tutorial until(String name) {
        Tutorial tutorial = new Tutorial();
        for (Fence fence : page()) {
            if (fence.name().equals(name)) {
                return tutorial;
            }
            if (fence.language().equals("java")) {
                tutorial.take(fence.lines());
            }
        }
        throw new AssertionError(Fence.ROOT.relativize(PAGE) + ": expected a fence named '" + name + "', got none.");
    }

    private void take(List<String> lines) {
        if (source.isEmpty()) {
            source.addAll(lines);
        } else if (lines.get(0).startsWith("record ")) {
            source.addAll(indexOf("static App app()"), lines);
        } else {
            int place = lines.stream()
                    .map(ROUTE::matcher)
                    .filter(Matcher::find)
                    .map(route -> replaced(route.group()))
                    .filter(index -> index >= 0)
                    .findFirst()
                    .orElseGet(() -> indexOf("return app;"));
            source.addAll(place, lines);
        }
    }

    /** Takes away the line that registers this route; -1 if there is none. */
    private int replaced(String route) {
        int index = indexOf(route);
        if (index >= 0) {
            source.remove(index);
        }
        return index;
    }

    private int indexOf(String head) {
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).strip().startsWith(head)) {
                return i;
            }
        }
        return -1;
    }

    private void compile(String test, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(Files.write(folder.resolve("CourseApp.java"), source));
        if (!test.isEmpty()) {
            files.add(Files.writeString(folder.resolve("CourseAppTest.java"), test));
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            if (!javac.getTask(messages, manager, null, options, null, units).call()) {
                throw new AssertionError(messages + "\n" + Fence.unlines(source.stream()));
            }
        }
    }

    private static App app(Path folder) throws IOException {
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class")) {
                    loader.loadClass(name.replace(".class", ""));
                }
            }
            Method app = loader.loadClass("CourseApp").getDeclaredMethod("app");
            app.setAccessible(true);
            return (App) app.invoke(null);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }
}
