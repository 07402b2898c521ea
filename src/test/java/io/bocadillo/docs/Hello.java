package io.bocadillo.docs;

// #region hello
import io.bocadillo.App;
import java.util.Map;

public class Hello {
    public static void main(String[] args) {
        App app = new App();
        app.get("/", (req, res) -> res.json(Map.of("hello", "world")));
        app.run();
    }
}
// #endregion hello
