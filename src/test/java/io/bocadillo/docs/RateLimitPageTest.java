package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.View;
import io.bocadillo.middleware.RateLimit;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitPageTest {

    record User(String name) {}

    private static final View VIEW = (req, res) -> res.text("ok");

    @Test
    void use() {
        View logIn = VIEW;
        App app = new App();
        // #region use
        app.use(new RateLimit(600, Duration.ofMinutes(1)).burst(50));
        app.post("/login", logIn).use(new RateLimit(5, Duration.ofMinutes(1)));
        // #endregion use
        TestClient client = TestClient.of(app);
        for (int i = 0; i < 5; i++) {
            assertThat(client.post("/login").status()).isEqualTo(200);
        }
        assertThat(client.post("/login").status()).isEqualTo(429);
        assertThat(client.get("/login").status()).isEqualTo(405);
    }

    @Test
    void by() {
        App app = new App();
        app.use((req, res, next) -> next.handle(req.put(User.class, new User("ada")), res));
        // #region by
        RateLimit perUser = new RateLimit(100, Duration.ofHours(1))
                .by(req -> req.get(User.class).name()); // behind the middleware that has checked the login
        // #endregion by
        app.get("/", VIEW).use(perUser);
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(200);
    }
}
