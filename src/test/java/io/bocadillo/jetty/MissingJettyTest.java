package io.bocadillo.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.TestClassPath;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MissingJettyTest {

    private static Throwable failureOf(ReflectiveCall call) throws Exception {
        try {
            call.run();
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        }
        throw new AssertionError("nothing was thrown");
    }

    @FunctionalInterface
    private interface ReflectiveCall {
        void run() throws ReflectiveOperationException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/org/eclipse/jetty/", "/org/eclipse/jetty/ee10/"})
    void runSaysWhichDependencyToAdd(String folder) throws Exception {
        try (URLClassLoader loader = TestClassPath.without(folder)) {
            Class<?> app = loader.loadClass("io.bocadillo.App");
            Object instance = app.getConstructor().newInstance();
            assertNamesTheDependency(failureOf(() -> app.getMethod("run").invoke(instance)));
            assertNamesTheDependency(
                    failureOf(() -> app.getMethod("run", int.class).invoke(instance, 0)));
        }
    }

    @Test
    void liveServerSaysWhichDependencyToAdd() throws Exception {
        try (URLClassLoader loader = TestClassPath.without("/org/eclipse/jetty/")) {
            Class<?> app = loader.loadClass("io.bocadillo.App");
            Class<?> server = loader.loadClass("io.bocadillo.testing.LiveServer");
            Object instance = app.getConstructor().newInstance();
            assertNamesTheDependency(
                    failureOf(() -> server.getMethod("start", app).invoke(null, instance)));
        }
    }

    private static void assertNamesTheDependency(Throwable error) {
        assertThat(error.getClass().getName()).isEqualTo("io.bocadillo.StartupError");
        assertThat(error)
                .hasMessageStartingWith("embedded server: expected Jetty 12.1 on the class path, got no '")
                .hasMessageEndingWith("'. Add the dependency org.eclipse.jetty.ee10:jetty-ee10-servlet.");
    }

    @Test
    void withoutHttp2ItSpeaksHttp11() throws Exception {
        try (URLClassLoader loader = TestClassPath.without("/org/eclipse/jetty/http2/")) {
            Class<?> app = loader.loadClass("io.bocadillo.App");
            Class<?> server = loader.loadClass("io.bocadillo.jetty.JettyServer");
            Object instance =
                    server.getConstructor(app).newInstance(app.getConstructor().newInstance());
            server.getMethod("port", int.class).invoke(instance, 0);
            server.getMethod("start").invoke(instance);
            try {
                assertThat(statusOf((int) server.getMethod("port").invoke(instance)))
                        .isEqualTo(404);
            } finally {
                server.getMethod("stop").invoke(instance);
            }
        }
    }

    private static int statusOf(int port) throws IOException {
        URL url = URI.create("http://127.0.0.1:" + port + "/").toURL();
        return ((HttpURLConnection) url.openConnection()).getResponseCode();
    }
}
