package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The link to a route, through whatever recipes and mounts, leads to that route with the same parameters. */
class UrlForPropertyTest {

    private static final String BASE = "/shop/caf%C3%A9";

    /** What is between the app and the route, or within: {@code N} stands for a number, so that parameters differ. */
    private static final List<String> PREFIXES = List.of(
            "", "/", "/a", "/{pN}", "/{pN:int}/x", "/v1/{pN}.d", "/é ;%", "/{pN}-{qN}", "/%2F", "/a.b~!$&'()*+,=:@");

    private static final List<String> PATTERNS = List.of(
            "/",
            "/a",
            "/{v}",
            "/{v}/",
            "/{v:int}",
            "/{v}.html",
            "/{v}-{w}",
            "/f/{v:path}",
            "/{v:path}/end",
            "/é {v}?#");

    private record Level(boolean isMount, String prefix, String name) {}

    private record Way(List<Level> levels, String pattern) {}

    @Property(tries = 500)
    void aLinkLeadsToItsRouteWithTheSameParameters(@ForAll("ways") Way way, @ForAll("values") List<String> values) {
        App app = new App();
        decoys(app);
        Router router = app;
        StringBuilder name = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < way.levels().size(); i++) {
            Level level = way.levels().get(i);
            String prefix = level.prefix().replace("N", "" + i);
            if (level.isMount()) {
                App inner = new App();
                router.mount(prefix, inner).name(level.name());
                router = inner;
            } else {
                Recipe recipe = new Recipe(level.name(), prefix);
                router.include(recipe);
                router = recipe;
            }
            name.append(level.name()).append(':');
            text.append(prefix);
        }
        List<String> names = names(text + way.pattern());
        router.get(way.pattern(), (req, res) -> res.json(answer(req, names))).name("it");
        app.start();

        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = values.get(i);
            boolean isNumber = (text + way.pattern()).contains("{" + names.get(i) + ":int}");
            params.put(names.get(i), isNumber ? "" + value.hashCode() : value);
        }
        String url;
        try {
            url = app.urlFor(name + "it", params);
        } catch (IllegalArgumentException refused) {
            // Only what stands beside other text can be read back as something else.
            assertThat(text + way.pattern()).containsPattern("[^/]\\{|}[^/]");
            return;
        }
        Map<?, ?> answer = ask(app, url);
        assertThat(answer.get("params")).isEqualTo(new TreeMap<>(params));
        assertThat((String) answer.get("link")).startsWith(BASE + "/");
        assertThat(ask(app, ((String) answer.get("link")).substring(BASE.length())))
                .isEqualTo(answer);
    }

    /** What the route is asked with, and the link to it as the app has it that it is in. */
    private static Map<String, Object> answer(Request req, List<String> names) {
        Map<String, String> params = new TreeMap<>();
        names.forEach(name -> params.put(name, req.param(name).value()));
        Map<String, String> own = new HashMap<>(params);
        Route route = Objects.requireNonNull(req.route());
        // Those of the prefixes up to the mount are where the app is already.
        own.keySet().retainAll(names(inside(route.pattern(), req.mountPath())));
        return Map.of(
                "params",
                params,
                "link",
                req.urlFor(Objects.requireNonNull(route.name()), own).toString());
    }

    private static String inside(String pattern, String mountPath) {
        String inside = pattern;
        for (int i = 0; i < mountPath.chars().filter(c -> c == '/').count(); i++) {
            inside = inside.substring(inside.indexOf('/', 1) < 0 ? inside.length() : inside.indexOf('/', 1));
        }
        return inside;
    }

    /** Registered before, for another method: whatever they match too is the route's. */
    private static void decoys(App app) {
        AtomicInteger number = new AtomicInteger();
        for (String pattern : List.of("/{a}/decoy", "/decoy/{}", "/decoy")) {
            app.post(pattern, (req, res) -> res.text("decoy")).name("decoy " + number.incrementAndGet());
        }
    }

    private static Map<?, ?> ask(App app, String path) {
        Response response = app.handle(new StubExchange("GET", BASE, path)).join();
        assertThat(response.status()).as(path).isEqualTo(200);
        return Settings.defaults().json().decode(response.body(), Map.class);
    }

    private static List<String> names(String pattern) {
        List<String> names = new ArrayList<>();
        java.util.regex.Pattern.compile("\\{(\\w+)")
                .matcher(pattern)
                .results()
                .forEach(name -> names.add(name.group(1)));
        return names;
    }

    @Provide
    Arbitrary<Way> ways() {
        Arbitrary<Level> levels = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.of(PREFIXES), Arbitraries.of("r", "a b/ü", "it", "%"))
                .as(Level::new);
        return Combinators.combine(levels.list().ofMaxSize(3), Arbitraries.of(PATTERNS))
                .as(Way::new);
    }

    @Provide
    Arbitrary<List<String>> values() {
        Arbitrary<String> nasty = Arbitraries.of(
                "..a",
                "a..",
                "%2e%2e",
                "%",
                "%25",
                "+",
                " ",
                ";v=1",
                "a;b",
                "?",
                "#",
                "&=",
                "\"<>",
                "'",
                "{x}",
                "|^`[]",
                "é",
                "e\u0301",
                "\ud83c\udf2e",
                "\u202e",
                "-",
                "a-b",
                "1.html",
                "...",
                "~",
                "@",
                "a:b",
                "!$()*,");
        Arbitrary<String> any =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(4).filter(UrlForPropertyTest::isValue);
        return Arbitraries.frequencyOf(Tuple.of(2, nasty), Tuple.of(1, any))
                .list()
                .ofSize(10);
    }

    private static boolean isValue(String text) {
        return !text.equals(".")
                && !text.equals("..")
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
