package io.bocadillo.war;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Apache Tomcat with its own configuration, but for the ports and a log that goes to the console alone. */
record Tomcat(Path home) implements Distribution {

    private static final String CONSOLE_LOGGING = """
            handlers = java.util.logging.ConsoleHandler
            .handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
            """;

    private static final String CLASSES_LOG = "logs/classes.log";

    @Override
    public void deploy(Path war, String name, Path base) throws IOException {
        for (String directory : new String[] {"conf", "logs", "temp", "webapps", "work"}) {
            Files.createDirectory(base.resolve(directory));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("conf"))) {
            for (Path file : files) {
                Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
            }
        }
        Path server = base.resolve("conf/server.xml");
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                        .replace("<Connector port=\"8080\"", "<Connector port=\"0\" address=\"127.0.0.1\""));
        Files.writeString(base.resolve("conf/logging.properties"), CONSOLE_LOGGING);
        Files.copy(war, base.resolve("webapps").resolve(name + ".war"));
    }

    @Override
    public ProcessBuilder process(Path base) {
        ProcessBuilder process =
                new ProcessBuilder("sh", home.resolve("bin/catalina.sh").toString(), "run");
        process.environment()
                .putAll(Map.of(
                        "JRE_HOME", System.getProperty("java.home"),
                        "CATALINA_BASE", base.toString(),
                        "CATALINA_OPTS", "-Xlog:class+load:file=" + base.resolve(CLASSES_LOG)));
        return process;
    }

    /** In the base directory: every class that was loaded, and where from. */
    static Path classesLog(Path base) {
        return base.resolve(CLASSES_LOG);
    }

    @Override
    public Pattern listening() {
        return Pattern.compile("Starting ProtocolHandler \\[\"http-nio-.*-(\\d+)\"]");
    }

    @Override
    public Pattern started() {
        return Pattern.compile("Server startup in");
    }

    @Override
    public Pattern stopped() {
        return Pattern.compile("Destroying ProtocolHandler");
    }

    @Override
    public String toString() {
        return home.getFileName().toString();
    }
}
