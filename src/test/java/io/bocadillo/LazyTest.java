package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LazyTest {

    private record Note(String text) {}

    private final List<String> madeFor = new ArrayList<>();
    private final List<String> seenAfter = new ArrayList<>();

    private final Lazy<Note> lazy = new Lazy<>(Note.class, req -> {
        madeFor.add(req.mountPath() + "|" + req.path());
        return new Note("note " + madeFor.size());
    });

    private final View asking = (req, res) ->
            res.text(req.get(Note.class).text() + ", " + req.get(Note.class).text());

    private final App app = new App();

    @BeforeEach
    void noteIt() {
        app.use((req, res, next) -> next.handle(req.put(lazy), res).thenRun(() -> {
            Note made = lazy.made(req);
            seenAfter.add(made == null ? "none" : made.text());
        }));
    }

    private String get(String path) {
        return TestClient.of(app).get(path).text();
    }

    @Test
    void itIsMadeOnceAndForThoseAloneThatAsk() {
        app.get("/ask", asking);
        app.get("/rest", (req, res) -> res.empty());
        assertThat(get("/rest")).isEmpty();
        assertThat(get("/ask")).isEqualTo("note 1, note 1");
        assertThat(get("/ask")).isEqualTo("note 2, note 2");
        assertThat(madeFor).containsExactly("|/ask", "|/ask");
        assertThat(seenAfter).containsExactly("none", "note 1", "note 2");
    }

    @Test
    void whatAMountedAppAsksForIsThatOfTheAppAroundIt() {
        App inner = new App();
        inner.get("/ask", asking);
        App middle = new App();
        middle.use((req, res, next) -> next.handle(req.put(String.class, "between"), res));
        middle.mount("/inner", inner);
        app.mount("/middle", middle);
        assertThat(get("/middle/inner/ask")).isEqualTo("note 1, note 1");
        assertThat(madeFor).containsExactly("|/middle/inner/ask");
        assertThat(seenAfter).containsExactly("note 1");
    }

    @Test
    void aMountedAppThatNotesItAnewHasItsOwn() {
        App inner = new App();
        inner.use((req, res, next) -> next.handle(req.put(lazy), res));
        inner.get("/ask", asking);
        app.mount("/inner", inner);
        assertThat(get("/inner/ask")).isEqualTo("note 1, note 1");
        assertThat(madeFor).containsExactly("/inner|/inner/ask");
        assertThat(seenAfter).containsExactly("none");
    }

    private String lateTextOf(Request inside) {
        return inside.get(Note.class).text();
    }

    @Test
    void whatTheAppAroundHasMadeMeanwhileIsThatOfLateCodeOfAMountedAppToo() {
        List<Request> inside = new ArrayList<>();
        App inner = new App();
        inner.get("/", (req, res) -> {
            inside.add(req);
            return res.empty();
        });
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> {
            seenAfter.add(req.get(Note.class).text());
            seenAfter.add(lateTextOf(inside.get(0)));
            seenAfter.add(lateTextOf(inside.get(0)));
        }));
        app.mount("/inner", inner);
        get("/inner/");
        assertThat(seenAfter).containsExactly("note 1", "note 1", "note 1", "note 1");
        assertThat(madeFor).containsExactly("|/inner/");
    }

    @Test
    void oneThatTheAppAroundHasPutAgainMeanwhileIsAnother() {
        List<Request> inside = new ArrayList<>();
        App inner = new App();
        inner.get("/", (req, res) -> {
            inside.add(req);
            return res.empty();
        });
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> {
            seenAfter.add(req.put(lazy).get(Note.class).text());
            seenAfter.add(lateTextOf(inside.get(0)));
            seenAfter.add(req.get(Note.class).text());
        }));
        app.mount("/inner", inner);
        get("/inner/");
        assertThat(seenAfter).startsWith("note 1", "note 2");
        assertThat(madeFor).hasSize(2);
    }

    @Test
    void oneThatIsClosedIsNotMadeAnyMore() {
        List<Boolean> open = new ArrayList<>();
        app.use((req, res, next) -> {
            open.add(lazy.isOpen(req));
            return next.handle(req, res).thenRun(() -> {
                assertThat(lazy.close(req)).isNull();
                open.add(lazy.isOpen(req));
            });
        });
        app.get("/late", (req, res) -> res.write(out -> req.get(Note.class)));
        app.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(500).text("" + error.getMessage()));
        app.get(
                "/task",
                (req, res) -> res.background(() -> seenAfter.add("" + req.find(Note.class)))
                        .text("x"));
        app.get("/missing", (req, res) -> res.write(out -> out.write(("" + req.find(Note.class)).getBytes(UTF_8))));
        assertThat(get("/late"))
                .isEqualTo("request: expected a value of " + Note.class.getName() + ", got none."
                        + " Let a middleware call req.put(Note.class, ...), and ask before the answer is there.");
        assertThat(get("/missing")).isEqualTo("Optional.empty");
        get("/task");
        assertThat(seenAfter).endsWith("Optional.empty");
        assertThat(open).containsExactly(true, false, true, false, true, false);
        assertThat(madeFor).isEmpty();
    }

    @Test
    void whatWasMadeBeforeItWasClosedStays() {
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> seenAfter.add("" + lazy.close(req))));
        app.get("/ask", (req, res) -> {
            req.get(Note.class);
            return res.write(out -> out.write(req.get(Note.class).text().getBytes(UTF_8)));
        });
        assertThat(get("/ask")).isEqualTo("note 1");
        assertThat(seenAfter).containsExactly("Note[text=note 1]", "note 1");
    }

    @Test
    void aMountedAppDoesNotGetOneThatIsClosedEither() {
        App inner = new App();
        inner.get("/late", (req, res) -> res.write(out -> req.get(Note.class)));
        inner.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(500).text("" + error.getMessage()));
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> lazy.close(req)));
        app.mount("/inner", inner);
        assertThat(get("/inner/late")).endsWith("and ask before the answer is there.");
        assertThat(madeFor).isEmpty();
    }

    @Test
    void oneThatIsPutAnewIsOpenAgain() {
        app.use((req, res, next) -> {
            lazy.close(req);
            return next.handle(req.put(lazy), res);
        });
        app.get("/ask", asking);
        assertThat(get("/ask")).isEqualTo("note 1, note 1");
    }

    @Test
    void aValueThatIsPutLaterComesBeforeIt() {
        app.use((req, res, next) -> next.handle(req.put(Note.class, new Note("put")), res));
        app.get("/ask", asking);
        assertThat(get("/ask")).isEqualTo("put, put");
        assertThat(madeFor).isEmpty();
    }

    @Test
    void whetherItIsOnTheRequestIsKnownWithoutMakingIt() {
        List<Boolean> isOn = new ArrayList<>();
        app.use((req, res, next) -> {
            isOn.add(lazy.isOpen(req));
            isOn.add(new Lazy<>(Note.class, any -> new Note("other")).isOpen(req));
            return next.handle(req, res).thenRun(() -> isOn.add(lazy.isOpen(req)));
        });
        App inner = new App();
        inner.use((req, res, next) -> {
            isOn.add(lazy.isOpen(req));
            return next.handle(req.put(Note.class, new Note("put")), res).thenRun(() -> isOn.add(lazy.isOpen(req)));
        });
        inner.get("/rest", (req, res) -> res.empty());
        app.mount("/inner", inner);
        app.get("/ask", asking);
        get("/inner/rest");
        assertThat(isOn).containsExactly(true, false, true, false, true);
        assertThat(madeFor).isEmpty();
        isOn.clear();
        get("/ask");
        assertThat(isOn).containsExactly(true, false, true);
    }
}
