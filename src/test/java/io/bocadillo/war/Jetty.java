package io.bocadillo.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Eclipse Jetty with the modules that its manual names for Jakarta EE 10 web applications. */
record Jetty(Path home) implements Distribution {

    /** The address first: after a module of an environment, properties would be those of that environment. */
    private static final String START_INI = """
            jetty.http.host=127.0.0.1
            jetty.http.port=0
            --modules=http,ee10-deploy,ee10-annotations
            """;

    @Override
    public void deploy(Path war, String name, Path base) throws IOException {
        for (String directory : new String[] {"environments", "temp", "webapps"}) {
            Files.createDirectory(base.resolve(directory));
        }
        Files.writeString(base.resolve("start.ini"), START_INI);
        Files.copy(war, base.resolve("webapps").resolve(name + ".war"));
    }

    @Override
    public ProcessBuilder process(Path base) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + base.resolve("temp"),
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + base);
    }

    @Override
    public Pattern listening() {
        return Pattern.compile("Started oejs\\.ServerConnector@.*\\{127\\.0\\.0\\.1:(\\d+)}");
    }

    @Override
    public Pattern started() {
        return Pattern.compile("Started oejs\\.Server@");
    }

    @Override
    public Pattern stopped() {
        return Pattern.compile("Stopped oejs\\.Server@");
    }

    @Override
    public String toString() {
        return home.getFileName().toString();
    }
}
