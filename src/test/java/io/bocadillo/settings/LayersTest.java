package io.bocadillo.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {

    @TempDir
    Path folder;

    private Path directory;
    private Path classes;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<Layer> last = new ArrayList<>();

    @BeforeEach
    void makeFolders() throws IOException {
        directory = Files.createDirectory(folder.resolve("directory"));
        classes = Files.createDirectory(folder.resolve("classes"));
    }

    private Layers read() {
        try {
            URL[] path = {classes.toUri().toURL()};
            Surroundings surroundings =
                    new Surroundings(properties, environment, directory, new URLClassLoader(path, null));
            return Layers.read(surroundings, last, arguments.toArray(String[]::new));
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void write(Path in, String name, String text) throws IOException {
        Files.writeString(in.resolve(name), text);
    }

    private @Nullable Found find(String key) {
        return read().find(key, Variables.of(key));
    }

    private void expect(String key, String value, String source) {
        assertThat(find(key)).isEqualTo(new Found(value, source));
    }

    @Test
    void thePortOfThePlatformComesBeforeFilesAndAfterWhatSaysMore() throws IOException {
        write(classes, "application.properties", "server.port=8080");
        expect("server.port", "8080", "application.properties on the class path");
        environment.put("PORT", " 41234 ");
        expect("server.port", "41234", "environment variable PORT");
        arguments.add("--server.port=9000");
        expect("server.port", "9000", "argument --server.port");
        arguments.clear();
        environment.put("PORT", " ");
        expect("server.port", "8080", "application.properties on the class path");
    }

    @Test
    void thePortInDotEnvComesBeforeFilesAndAfterWhatSaysMore() throws IOException {
        write(directory, "application.properties", "server.port=8080");
        write(directory, ".env", "PORT=3000");
        expect("server.port", "3000", "PORT in .env");
        environment.put("PORT", "41234");
        expect("server.port", "41234", Layers.PLATFORM);
        environment.clear();
        write(directory, ".env", "PORT=");
        expect("server.port", "8080", "application.properties");
        write(directory, ".env", "PORT=3000\nSERVER_PORT=3001");
        expect("server.port", "3001", ".env");
    }

    @Test
    void ofWhatOthersHaveTooOnlyTheNamesAreLeftThatAreOurs() throws IOException {
        properties.put("java.version", "17");
        properties.put("gzip", "true");
        environment.put("PATH", "/bin");
        environment.put("BOCADILLO_GZIP", "on");
        write(directory, ".env", "OTHER=1");
        arguments.add("--other=1");
        Layers before = read().narrowed(Set.of("gzip", "BOCADILLO_GZIP"));
        properties.put("java.version", "21");
        environment.remove("PATH");
        assertThat(read().narrowed(Set.of("gzip", "BOCADILLO_GZIP"))).isEqualTo(before);
        assertThat(before.keys().keySet()).containsExactly("other");
        assertThat(before.variables().keySet()).containsExactly("BOCADILLO_GZIP", "OTHER");
        properties.put("gzip", "false");
        assertThat(read().narrowed(Set.of("gzip", "BOCADILLO_GZIP"))).isNotEqualTo(before);
        assertThat(read().narrowed(Set.of("BOCADILLO_GZIP"))).isNotEqualTo(before);
    }

    /** From the last to the first: each wins over all that were there before. */
    @Test
    void eachLayerWinsOverTheNext() throws IOException {
        String key = "cors.max-age";
        assertThat(find(key)).isNull();
        last.add(new Layer("init parameter {} of the context", Map.of(key, "10")));
        environment.put("BOCADILLO_ENV", "test");
        expect(key, "10", "init parameter cors.max-age of the context");
        last.add(0, new Layer("init parameter {} of the servlet", Map.of(key, "9")));
        expect(key, "9", "init parameter cors.max-age of the servlet");
        write(classes, "application.properties", "cors.max-age=8");
        expect(key, "8", "application.properties on the class path");
        write(directory, "application.properties", "cors.max-age=7");
        expect(key, "7", "application.properties");
        write(classes, "application-test.properties", "cors.max-age=6");
        expect(key, "6", "application-test.properties on the class path");
        write(directory, "application-test.properties", "cors.max-age=5");
        expect(key, "5", "application-test.properties");
        write(directory, ".env", "CORS_MAX_AGE=4");
        expect(key, "4", ".env");
        environment.put("CORS_MAX_AGE", "3");
        expect(key, "3", "environment variable CORS_MAX_AGE");
        properties.put(key, "2");
        expect(key, "2", "system property cors.max-age");
        arguments.add("--cors.max-age=1");
        expect(key, "1", "argument --cors.max-age");
    }

    @Test
    void aSourceHasOnlyItsOwnKeys() throws IOException {
        write(directory, "application.properties", "a=1\nb=1");
        write(directory, ".env", "B=2");
        expect("a", "1", "application.properties");
        expect("b", "2", ".env");
    }

    @Test
    void theFileOfTheEnvironmentIsReadIfThereIsOne() throws IOException {
        write(directory, "application-test.properties", "a=test");
        write(directory, "application.properties", "a=any\nenv=test");
        expect("a", "any", "application.properties");
        arguments.add("--env=test");
        expect("a", "test", "application-test.properties");
        arguments.add("--env=production");
        expect("a", "any", "application.properties");
    }

    @Test
    void theEnvironmentMayBeChosenBySourcesOtherThanFiles() throws IOException {
        write(directory, "application-one.properties", "a=one");
        write(directory, "application-two.properties", "a=two");
        last.add(new Layer("init parameter {} of the servlet", Map.of("env", "one")));
        expect("a", "one", "application-one.properties");
        write(directory, ".env", "BOCADILLO_ENV=two");
        expect("a", "two", "application-two.properties");
        properties.put("env", "one");
        expect("a", "one", "application-one.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secrets", "/etc/profile", "a.b", "", " ", "a\nb", "é"})
    void aNameOfAnEnvironmentThatIsNoneIsAMistake(String name) {
        properties.put("env", name);
        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessage(
                        "setting 'env' (system property env): expected a name like production, of letters, digits, -"
                                + " and _, got another text. Give --env=NAME, which comes first.");
    }

    @Test
    void anEmptyVariableIsNoneAndAnEmptyPropertyIsOne() throws IOException {
        write(directory, "application.properties", "a=1\nb=");
        environment.put("A", "");
        environment.put("B", " ");
        expect("a", "1", "application.properties");
        expect("b", "", "application.properties");
        arguments.add("--a=");
        expect("a", "", "argument --a");
    }

    @Test
    void filesAreUtf8WithOrWithoutAByteOrderMark() throws IOException {
        write(directory, "application.properties", "\uFEFFa=Jardinería 😀");
        write(directory, ".env", "\uFEFFB=é");
        expect("a", "Jardinería 😀", "application.properties");
        expect("b", "é", ".env");
    }

    @Test
    void aFileInAnotherEncodingIsAMistake() throws IOException {
        Files.write(directory.resolve("application.properties"), "a=é".getBytes(ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessage("application.properties: expected UTF-8, got other bytes. Save it as UTF-8.");
    }

    @Test
    void aFileOnTheClassPathInAnotherEncodingIsAMistake() throws IOException {
        Files.write(classes.resolve("application.properties"), "a=é".getBytes(ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessageStartingWith("application.properties on the class path: expected UTF-8");
    }

    @Test
    void aBackslashThatBeginsNothingIsAMistake() throws IOException {
        write(directory, "application.properties", "password=C:\\users");
        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessage(
                        "application.properties, line 1: expected key=value in each line, got a \\u without four digits."
                                + " Write \\\\ for a backslash.");
    }

    @ParameterizedTest
    @CsvSource({"'password=C:\\users', 1", "'a=1\n# C:\\users\n! \\u\nb=\\\\u\nc=\\u00zz', 5", "'a=\\\\\\u1', 1"})
    void aBackslashThatBeginsNothingIsNamedByItsLine(String text, int line) throws IOException {
        write(directory, "application.properties", text);
        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessageStartingWith("application.properties, line " + line + ": expected key=value in each line");
    }

    @Test
    void whatHasReadTheSameIsEqual() throws IOException {
        write(directory, "application.properties", "a=1");
        Layers first = read();
        assertThat(read()).isEqualTo(first).hasSameHashCodeAs(first);
        arguments.add("--a=2");
        assertThat(read()).isNotEqualTo(first);
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Files.createDirectory(directory.resolve(".env"));
        Files.createDirectory(directory.resolve("application.properties"));
        assertThat(read().keys()).isEmpty();
    }

    @Test
    void aMistakeInDotEnvIsOneOfTheWhole() throws IOException {
        write(directory, ".env", "A");
        assertThatIllegalArgumentException().isThrownBy(this::read).withMessageStartingWith(".env, line 1: ");
    }

    @Test
    void theKeysAreThoseOfArgumentsFilesAndTheServer() throws IOException {
        arguments.add("--d=1");
        properties.put("java.version", "17");
        environment.put("PATH", "/bin");
        environment.put("BOCADILLO_GZIP", "on");
        write(directory, ".env", "OTHER=1");
        write(directory, "application.properties", "c=1\nb=1");
        write(classes, "application.properties", "b=1");
        last.add(new Layer("init parameter", Map.of("a", "1")));
        last.add(new Layer("init parameter of many", Map.of("x", "1"), Layer.Naming.KEYS_AMONG_OTHERS));
        assertThat(read().keys().keySet()).containsExactly("a", "b", "c", "d");
        expect("x", "1", "init parameter of many");
        assertThat(read().variables())
                .containsExactly(
                        Map.entry("BOCADILLO_GZIP", new Found("on", "environment variable BOCADILLO_GZIP")),
                        Map.entry("OTHER", new Found("1", ".env")));
    }

    @Test
    void whatIsPrintedHasNoValues() {
        Layer layer = new Layer(".env", Map.of("A", "hidden"), Layer.Naming.VARIABLES);
        assertThat(layer).hasToString(".env");
        assertThat(new Layers(List.of(layer)).toString()).contains(".env").doesNotContain("hidden");
        assertThat(layer.find("a", "A")).hasToString(".env");
    }

    @Test
    void theProcessHasSurroundings() {
        Surroundings surroundings = Surroundings.ofProcess();
        assertThat(surroundings.properties()).containsKey("java.version");
        assertThat(surroundings.environment()).isEqualTo(System.getenv());
        assertThat(surroundings.directory().toAbsolutePath())
                .isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void aThreadWithoutAClassLoaderHasThatOfTheLibrary() throws Exception {
        ClassLoader[] found = new ClassLoader[1];
        Thread thread = new Thread(() -> found[0] = Surroundings.ofProcess().classes());
        thread.setContextClassLoader(null);
        thread.start();
        thread.join();
        assertThat(found[0]).isSameAs(Surroundings.class.getClassLoader());
    }

    @Test
    void aFileThatCannotBeReadIsAMistake() throws IOException {
        URL gone = directory.resolve("gone").toUri().toURL();
        ClassLoader broken = new ClassLoader(null) {
            @Override
            public URL getResource(String name) {
                return gone;
            }
        };
        Surroundings surroundings = new Surroundings(properties, environment, directory, broken);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layers.read(surroundings, last))
                .withMessageStartingWith("application.properties on the class path: expected to be readable, got '")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void filesInJarsOfTheClassPathAreRead() throws IOException {
        Path jar = folder.resolve("app.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("application.properties"));
            zip.write("a=jar".getBytes(UTF_8));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Surroundings surroundings = new Surroundings(properties, environment, directory, loader);
            assertThat(Layers.read(surroundings, last).find("a", "A"))
                    .isEqualTo(new Found("jar", "application.properties on the class path"));
        }
    }
}
