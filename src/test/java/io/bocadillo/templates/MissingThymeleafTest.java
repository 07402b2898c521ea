package io.bocadillo.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingThymeleafTest {

    /** The classes of the tests, loaded anew, without the jars of a folder of the local repository. */
    private static URLClassLoader without(String folder) {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.replace('\\', '/').contains(folder))
                .map(MissingThymeleafTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException never) {
            throw new AssertionError(never);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/org/thymeleaf/", "/ognl/"})
    void aTemplateSaysWhichDependencyToAdd(String folder) throws Exception {
        try (URLClassLoader loader = without(folder)) {
            Class<?> templates = loader.loadClass("io.bocadillo.templates.Templates");
            Object found = templates.getConstructor(String.class).newInstance("badinputs/templates");
            try {
                templates.getMethod("render", String.class, Map.class).invoke(found, "tpl.html", Map.of());
            } catch (InvocationTargetException failed) {
                assertThat(failed.getCause())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("templates: expected Thymeleaf 3.1 on the class path, got no '")
                        .hasMessageEndingWith("'. Add the dependency org.thymeleaf:thymeleaf.");
                return;
            }
            throw new AssertionError("rendered without Thymeleaf");
        }
    }

    @Test
    void anAppWithoutTemplatesNeedsNoThymeleaf() throws Exception {
        try (URLClassLoader loader = without("/org/thymeleaf/")) {
            Class<?> app = loader.loadClass("io.bocadillo.App");
            Object instance = app.getConstructor().newInstance();
            app.getMethod("start").invoke(instance);
            app.getMethod("stop").invoke(instance);
            assertThat(app.getMethod("templates").invoke(instance).getClass().getName())
                    .isEqualTo("io.bocadillo.templates.Templates");
        }
    }
}
