package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Request;
import io.bocadillo.Response;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the tables of methods in docs/requests.md and docs/responses.md with the methods there are. */
class VocabularyPagesTest {

    private static final Pattern METHOD = Pattern.compile("`(\\w+)\\(");

    /** What a server asks of a response, as their Javadoc says. */
    private static final Set<String> FOR_SERVERS =
            Set.of("bodyLength", "sendsBody", "insteadAfter", "isFollowedByTasks", "sent");

    @Test
    void requestsTellsOfAllThatARequestCanBeAsked() {
        assertThat(told("docs/requests.md")).isEqualTo(methods(Request.class, Set.of()));
    }

    @Test
    void responsesTellsOfAllThatAResponseCan() {
        assertThat(told("docs/responses.md")).isEqualTo(methods(Response.class, FOR_SERVERS));
    }

    /** The first cells of the tables whose first head is "method". */
    private static Set<String> told(String page) {
        Set<String> names = new TreeSet<>();
        boolean isTable = false;
        for (String line : Fence.read(Fence.ROOT.resolve(page))) {
            isTable = line.startsWith("| method |") || isTable && line.startsWith("|");
            if (isTable) {
                METHOD.matcher(line.split("\\|")[1]).results().forEach(name -> names.add(name.group(1)));
            }
        }
        return names;
    }

    private static Set<String> methods(Class<?> type, Set<String> excluded) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .forEach(method -> names.add(method.getName()));
        names.remove("toString");
        names.removeAll(excluded);
        return names;
    }
}
