package io.bocadillo.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class WarContentsIT {

    @Test
    void theWarBringsNoJettyAndNoServletApi() throws IOException {
        assertThat(entries())
                .contains("io/bocadillo/servlet/BocadilloServlet.class")
                .noneMatch(entry -> entry.startsWith("org/eclipse/jetty/"))
                .noneMatch(entry -> entry.startsWith("jakarta/servlet/"));
    }

    @Test
    void theWarBringsWhatItsPagesAreMadeOf() throws IOException {
        assertThat(entries())
                .contains("WEB-INF/classes/templates/layout.html", "WEB-INF/classes/static/style.css")
                .contains("org/thymeleaf/TemplateEngine.class");
    }

    private static List<String> entries() throws IOException {
        try (InputStream war = Files.newInputStream(Path.of(System.getProperty("bocadillo.war")))) {
            return entries(war);
        }
    }

    /** The names in an archive and in the archives inside it. */
    private static List<String> entries(InputStream archive) throws IOException {
        List<String> names = new ArrayList<>();
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            names.add(entry.getName());
            if (entry.getName().endsWith(".jar")) {
                names.addAll(entries(zip));
            }
        }
        return names;
    }
}
