package io.bocadillo.docs;

import io.bocadillo.App;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** The app of {@link Hello}, which runs until the process ends. */
    @Test
    void helloAnswers() {
        App app = new App();
        app.get("/", (req, res) -> res.json(Map.of("hello", "world")));
        Shown.console("ReadmeTest#hello", app);
    }
}
