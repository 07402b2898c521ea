package io.bocadillo.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The media types of files, by their names. */
public final class MediaTypes {

    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> BY_EXTENSION = read();

    /** Of those that are not named after what they are made of. */
    private static final Set<String> COMPRESSIBLE = Set.of(
            "application/json",
            "application/xml",
            "application/xml-dtd",
            "application/javascript",
            "application/x-javascript",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "application/n-triples",
            "application/n-quads",
            "application/trig",
            "application/yaml",
            "application/toml",
            "application/sql",
            "application/rtf",
            "application/postscript",
            "application/wasm",
            "application/x-subrip",
            "application/vnd.apple.mpegurl",
            "application/vnd.ms-fontobject",
            "font/otf",
            "font/ttf",
            "font/collection",
            "image/bmp",
            "image/vnd.microsoft.icon",
            "image/x-icon",
            "model/gltf-binary",
            "model/obj",
            "model/stl",
            "model/mtl");

    private MediaTypes() {}

    /**
     * The {@code Content-Type} of a file with that name, by its extension in any case: {@code image/png}, for text with
     * {@code charset=utf-8}; {@code application/octet-stream} if it says nothing.
     */
    public static String of(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return extension.length() == fileName.length() ? UNKNOWN : BY_EXTENSION.getOrDefault(extension, UNKNOWN);
    }

    /**
     * Whether what has that {@code Content-Type} becomes shorter when it is compressed: text, and the few others that are
     * not compressed already.
     */
    public static boolean isCompressible(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.endsWith("+json")
                || type.endsWith("+xml")
                || type.endsWith("+text")
                || COMPRESSIBLE.contains(type);
    }

    private static Map<String, String> read() {
        Map<String, String> types = new HashMap<>();
        for (String line : lines()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] words = line.split(" ");
                String type = words[0].startsWith("text/") ? words[0] + "; charset=utf-8" : words[0];
                for (int i = 1; i < words.length; i++) {
                    types.put(words[i], type);
                }
            }
        }
        return Map.copyOf(types);
    }

    private static List<String> lines() {
        try (InputStream resource = MediaTypes.class.getResourceAsStream("media-types")) {
            if (resource == null) {
                throw new IllegalStateException(
                        "media types: expected the resource 'media-types' beside " + MediaTypes.class.getName()
                                + ", got none. Keep the resources of the jar when repackaging it.");
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
