package io.bocadillo.templates;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.TestClassPath;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingThymeleafTest {

    @ParameterizedTest
    @ValueSource(strings = {"/org/thymeleaf/", "/ognl/"})
    void aTemplateSaysWhichDependencyToAdd(String folder) throws Exception {
        try (URLClassLoader loader = TestClassPath.without(folder)) {
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
        try (URLClassLoader loader = TestClassPath.without("/org/thymeleaf/")) {
            Class<?> app = loader.loadClass("io.bocadillo.App");
            Object instance = app.getConstructor().newInstance();
            app.getMethod("start").invoke(instance);
            app.getMethod("stop").invoke(instance);
            assertThat(app.getMethod("templates").invoke(instance).getClass().getName())
                    .isEqualTo("io.bocadillo.templates.Templates");
        }
    }
}
