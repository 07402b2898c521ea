package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the defaults in docs/limits.md with those of {@link Settings}. */
class LimitsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)\\((Duration|long|int)\\)` \\| ([^|]+) \\|.*");

    @Test
    void theDefaultsAreThoseOfTheSettings() throws ReflectiveOperationException {
        List<String> settings = new ArrayList<>();
        for (String line : Fence.read(Fence.ROOT.resolve("docs/limits.md"))) {
            for (MatchResult row : ROW.matcher(line).results().toList()) {
                settings.add(row.group(1));
                Object value = Settings.class.getMethod(row.group(1)).invoke(Settings.defaults());
                assertThat(row.group(3)).as(row.group(1)).isEqualTo(shown(value));
            }
        }
        List<String> limits = new ArrayList<>();
        for (var method : Settings.class.getMethods()) {
            Class<?> type = method.getReturnType();
            if (method.getParameterCount() == 0
                    && method.getDeclaringClass() == Settings.class
                    && (type == Duration.class || type == long.class || type == int.class)) {
                limits.add(method.getName());
            }
        }
        assertThat(settings).containsExactlyInAnyOrderElementsOf(limits);
    }

    private static String shown(Object value) {
        if (value instanceof Duration duration) {
            return duration.toSeconds() + " s";
        }
        long number = ((Number) value).longValue();
        if (number == Long.MAX_VALUE) {
            return "none but that of the whole";
        }
        if (number % (1024 * 1024) == 0) {
            return number / (1024 * 1024) + " MiB";
        }
        return number % 1024 == 0 ? number / 1024 + " KiB" : "" + number;
    }
}
