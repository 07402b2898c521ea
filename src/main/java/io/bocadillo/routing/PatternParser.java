package io.bocadillo.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one pattern and refuses what is ambiguous or could never match. */
final class PatternParser {

    private final String pattern;
    private final List<Segment> segments = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean hasRest;

    PatternParser(String pattern) {
        this.pattern = pattern.startsWith("/") ? pattern : "/" + pattern;
    }

    Pattern parse() {
        if (pattern.equals("/{}")) {
            return new Pattern(pattern, List.of(new Param(null, Converter.PATH)));
        }
        String[] texts = pattern.substring(1).split("/", -1);
        for (int i = 0; i < texts.length; i++) {
            if (texts[i].isEmpty() && i < texts.length - 1) {
                throw refused("no empty segment", "//", "Write one slash between two segments.");
            }
            segments.add(segment(texts[i]));
        }
        return new Pattern(pattern, segments);
    }

    private Segment segment(String text) {
        List<Part> parts = parts(text);
        if (parts.isEmpty()) {
            return new Literal("");
        }
        if (parts.size() > 1) {
            return Mixed.of(parts);
        }
        return parts.get(0) instanceof Param param ? wholeSegment(param, text) : literal(text);
    }

    private Param wholeSegment(Param param, String text) {
        Param whole = param.name() == null ? new Param(null, Converter.WILDCARD) : param;
        if (whole.converter().spansSegments()) {
            if (hasRest) {
                // With two of them, finding the right reading of a path takes a search over its segments.
                throw refused("one {x:path} or {} at most", text, "Take the rest in one, and split it in the view.");
            }
            hasRest = true;
        }
        return whole;
    }

    private Literal literal(String text) {
        if (text.equals(".") || text.equals("..")) {
            throw refused("no dot segment", text, "No request path contains one: write the path it leads to.");
        }
        return new Literal(text);
    }

    private List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int end = text.charAt(i) == '{' ? braceEnd(text, i) : literalEnd(text, i);
            parts.add(text.charAt(i) == '{' ? param(text, i, end) : new Literal(printable(text.substring(i, end))));
            if (text.charAt(i) == '{' && end < text.length() && text.charAt(end) == '{') {
                throw refused(
                        "text between two parameters", text, "Separate them, as in {x}-{y}, or use one parameter.");
            }
            i = end;
        }
        return parts;
    }

    private int braceEnd(String text, int start) {
        int close = text.indexOf('}', start);
        int open = text.indexOf('{', start + 1);
        if (close < 0 || (open >= 0 && open < close)) {
            throw refused(
                    "a '}' for each '{' within a segment", text, "Write a parameter as {name} or {name:converter}.");
        }
        return close + 1;
    }

    private int literalEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '{') {
            if (text.charAt(end) == '}') {
                throw refused(
                        "a '{' for each '}' within a segment",
                        text,
                        "Write a parameter as {name} or {name:converter}.");
            }
            end++;
        }
        return end;
    }

    private String printable(String literal) {
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(literal);
        if (!encodable || literal.indexOf('\\') >= 0 || literal.chars().anyMatch(Character::isISOControl)) {
            throw refused(
                    "text that a path can contain", literal, "Remove its backslash, control character or surrogate.");
        }
        return literal;
    }

    private Param param(String text, int start, int end) {
        String[] nameAndConverter = text.substring(start + 1, end - 1).split(":", 2);
        String name = nameAndConverter[0];
        Converter converter = converter(nameAndConverter.length > 1 ? nameAndConverter[1] : null);
        if (converter == Converter.PATH && end - start < text.length()) {
            throw refused("a path parameter to be a whole segment", text, "Put it between slashes, or drop ':path'.");
        }
        if (name.isEmpty() && nameAndConverter.length == 1) {
            return new Param(null, converter);
        }
        if (!isIdentifier(name)) {
            throw refused(
                    "a Java identifier as parameter name", name, "Write a parameter as {name} or {name:converter}.");
        }
        if (!names.add(name)) {
            throw refused("each parameter once", name, "Give the second one another name.");
        }
        return new Param(name, converter);
    }

    private Converter converter(@Nullable String name) {
        if (name == null) {
            return Converter.TEXT;
        }
        return switch (name) {
            case "int" -> Converter.INT;
            case "path" -> Converter.PATH;
            default -> throw refused("a converter int or path", name, "Use one of them, or none for plain text.");
        };
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .allMatch(c -> Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private IllegalArgumentException refused(String expected, String got, String remedy) {
        return Pattern.refused(pattern, expected, got, remedy);
    }
}
