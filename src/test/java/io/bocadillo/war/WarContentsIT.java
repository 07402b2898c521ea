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
        List<String> entries;
        try (InputStream war = Files.newInputStream(Path.of(System.getProperty("bocadillo.war")))) {
            entries = entries(war);
        }

        assertThat(entries)
                .contains("io/bocadillo/servlet/BocadilloServlet.class")
                .noneMatch(entry -> entry.startsWith("org/eclipse/jetty/"))
                .noneMatch(entry -> entry.startsWith("jakarta/servlet/"));
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
