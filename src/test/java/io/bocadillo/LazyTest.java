package io.bocadillo;

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

    @Test
    void aValueThatIsPutLaterComesBeforeIt() {
        app.use((req, res, next) -> next.handle(req.put(Note.class, new Note("put")), res));
        app.get("/ask", asking);
        assertThat(get("/ask")).isEqualTo("put, put");
        assertThat(madeFor).isEmpty();
    }
}
