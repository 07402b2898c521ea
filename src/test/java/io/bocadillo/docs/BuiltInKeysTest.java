package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of a middleware names the settings that switch it on and set it. */
class BuiltInKeysTest {

    /** What plugins that only tests have declare. */
    private static final String OF_TESTS = "found";

    private static List<String> keys() {
        Set<String> framework =
                Settings.defaults().declared().stream().map(SettingKey::name).collect(Collectors.toSet());
        return Settings.of(Map.of()).declared().stream()
                .map(SettingKey::name)
                .filter(name -> !framework.contains(name) && !name.startsWith(OF_TESTS))
                .toList();
    }

    private static String page(String key) throws IOException {
        return Files.readString(Path.of("docs", key.replaceFirst("\\..*", "") + ".md"));
    }

    @Test
    void everyKeyIsOnItsPage() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String key : keys()) {
            if (!page(key).contains("`" + key + "`")) {
                missing.add(key);
            }
        }
        assertThat(keys()).contains("gzip.level", "sessions.key");
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPageHasNotesOnSecurityAndALinkToAllSettings() throws IOException {
        for (String key : keys()) {
            assertThat(page(key)).as(key).contains("\n## Security\n", "(settings.md");
        }
    }
}
