package io.bocadillo.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an app finds around itself.
 *
 * @param properties those of the system
 * @param environment the variables of the process
 * @param directory the one that it runs in
 * @param classes what finds files on the class path
 */
public record Surroundings(
        Map<String, String> properties, Map<String, String> environment, Path directory, ClassLoader classes) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Pattern COMMENT = Pattern.compile("\\s*[#!]");
    private static final Pattern NO_CHARACTER = Pattern.compile("(?<!\\\\)(\\\\{2})*\\\\u(?![0-9A-Fa-f]{4})");

    /** Those of this process, with the class path of the calling thread. */
    public static Surroundings ofProcess() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return new Surroundings(
                texts(System.getProperties()),
                System.getenv(),
                Path.of(""),
                ofThread == null ? Surroundings.class.getClassLoader() : ofThread);
    }

    /** The file {@code .env}, if there is one. */
    Layer dotEnv() {
        String text = inDirectory(".env");
        Map<String, String> variables = text == null ? Map.of() : DotEnv.parse(".env", text);
        return new Layer(".env", variables, Layer.Naming.VARIABLES);
    }

    /** A file of properties in the directory, if there is one. */
    Layer propertiesInDirectory(String name) {
        return properties(name, inDirectory(name));
    }

    /** A file of properties at the root of the class path, if there is one. */
    Layer propertiesOnClassPath(String name) {
        return properties(name + " on the class path", onClassPath(name));
    }

    private static Layer properties(String source, @Nullable String text) {
        if (text == null) {
            return new Layer(source, Map.of());
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(source + line(text)
                    + ": expected key=value in each line, got a \\u without four digits. Write \\\\ for a backslash.");
        }
        return new Layer(source, texts(properties));
    }

    /** Where an escape stands that is none, {@code , line 3}; comments may have any. */
    private static String line(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!COMMENT.matcher(lines.get(i)).lookingAt()
                    && NO_CHARACTER.matcher(lines.get(i)).find()) {
                return ", line " + (i + 1);
            }
        }
        return "";
    }

    /** A folder of that name, as Python makes them, is none of ours. */
    private @Nullable String inDirectory(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.isRegularFile(file) ? decode(name, Files.readAllBytes(file)) : null;
        } catch (IOException failure) {
            throw unreadable(name, failure);
        }
    }

    private @Nullable String onClassPath(String name) {
        URL file = classes.getResource(name);
        if (file == null) {
            return null;
        }
        try {
            URLConnection connection = file.openConnection();
            // A cached jar would stay open when the web app is gone.
            connection.setUseCaches(false);
            try (InputStream bytes = connection.getInputStream()) {
                return decode(name + " on the class path", bytes.readAllBytes());
            }
        } catch (IOException failure) {
            throw unreadable(name + " on the class path", failure);
        }
    }

    private static String decode(String source, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException(source + ": expected UTF-8, got other bytes. Save it as UTF-8.");
        }
    }

    private static IllegalArgumentException unreadable(String source, IOException failure) {
        return new IllegalArgumentException(
                source + ": expected to be readable, got '" + failure + "'. Let the app read it, or remove it.",
                failure);
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name));
        }
        return texts;
    }
}
