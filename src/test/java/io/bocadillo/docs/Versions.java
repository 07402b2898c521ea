package io.bocadillo.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The versions of artifacts, as a pom names them; enough of Maven for our own poms. */
final class Versions {

    private static final Pattern ARTIFACT = Pattern.compile("<(groupId|artifactId|version)>([^<]+)</\\1>");
    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<$]+)</\\1>");

    /** By artifact; those of a bill of materials by group too. */
    private final Map<String, String> versions = new HashMap<>();

    private final Map<String, String> properties = new HashMap<>();

    private Versions() {}

    static Versions ofOurPoms() {
        Versions versions = new Versions();
        versions.versions.put("maven-shade-plugin", "3.6.2"); // we have no use for it, so its run is by hand
        versions.add(Fence.ROOT.resolve("pom.xml"));
        versions.add(Fence.ROOT.resolve("webapp-example/pom.xml"));
        return versions;
    }

    private void add(Path pom) {
        List<String> lines = Fence.read(pom);
        lines.forEach(line -> {
            Matcher property = PROPERTY.matcher(line);
            if (property.find()) {
                properties.putIfAbsent(property.group(1), property.group(2));
            }
        });
        artifacts(lines).forEach(artifact -> {
            if (!artifact.version().isEmpty()) {
                String version = resolved(artifact.version());
                versions.putIfAbsent(artifact.id(), version);
                if (artifact.id().endsWith("-bom")) {
                    versions.putIfAbsent(artifact.group(), version);
                }
            }
        });
    }

    /** The value of a property of our poms. */
    String property(String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    private String resolved(String version) {
        return version.startsWith("${") ? properties.get(version.substring(2, version.length() - 1)) : version;
    }

    /** What the artifacts in a piece of XML have wrong. */
    List<String> mistakes(List<String> xml) {
        List<String> mistakes = new ArrayList<>();
        for (Artifact artifact : artifacts(xml)) {
            if (artifact.version().isEmpty() || artifact.group().startsWith("com.example")) {
                continue;
            }
            String expected = expected(artifact);
            if (!artifact.version().equals(expected)) {
                mistakes.add(artifact.id() + ": expected version " + expected + " as in our poms, got '"
                        + artifact.version() + "'.");
            }
        }
        return mistakes;
    }

    /** Of its own, or that of the bill of materials whose group is the nearest: org.junit for org.junit.jupiter. */
    private String expected(Artifact artifact) {
        String group = artifact.group();
        while (!versions.containsKey(group) && group.contains(".")) {
            group = group.substring(0, group.lastIndexOf('.'));
        }
        return versions.getOrDefault(artifact.id(), versions.getOrDefault(group, "none"));
    }

    private static List<Artifact> artifacts(List<String> xml) {
        List<Artifact> artifacts = new ArrayList<>();
        String group = "";
        String id = "";
        for (Matcher element : xml.stream()
                .map(ARTIFACT::matcher)
                .flatMap(matcher -> matcher.find() ? Stream.of(matcher) : Stream.empty())
                .toList()) {
            switch (element.group(1)) {
                case "groupId" -> group = element.group(2);
                case "artifactId" -> id = element.group(2);
                default -> artifacts.add(new Artifact(group, id, element.group(2)));
            }
        }
        return artifacts;
    }

    private record Artifact(String group, String id, String version) {}
}
