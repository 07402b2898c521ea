package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundTasksPageTest {

    record Order(String customer, int tacos) {}

    /** Stands for what takes its time. */
    static final class Mail {

        final List<String> sent = new ArrayList<>();

        void confirm(Order order) {
            sent.add(order.tacos() + " tacos for " + order.customer());
        }
    }

    @Test
    void task() {
        Mail mail = new Mail();
        App app = new App();
        // #region task
        app.post("/orders", (req, res) -> {
            Order order = req.json(Order.class);
            res.background(() -> mail.confirm(order)); // after the answer
            return res.status(201).json(order);
        });
        // #endregion task
        TestClient client = TestClient.of(app);
        // #region test
        client.post("/orders", new Order("Ada", 2));
        assertThat(mail.sent).containsExactly("2 tacos for Ada");
        // #endregion test
    }

    @Test
    void order() {
        List<String> log = new ArrayList<>();
        App app = new App();
        // #region order
        app.get("/", (req, res) -> {
            res.background(() -> log.add("first"));
            res.background(() -> log.add("second"));
            return res.text("done");
        });
        // #endregion order
        TestClient.of(app).get("/");
        assertThat(log).containsExactly("first", "second");
    }

    @Test
    void errors() {
        List<String> log = new ArrayList<>();
        App app = new App();
        // #region error
        app.post("/orders", (req, res) -> {
            res.background(() -> log.add("never runs"));
            throw new HttpError(409, "Sold out.");
        });
        // #endregion error
        assertThat(TestClient.of(app).post("/orders").status()).isEqualTo(409);
        assertThat(log).isEmpty();
    }

    @Test
    void failures() {
        App app = new App();
        app.get(
                "/orders/{pk}",
                (req, res) -> res.background(() -> {
                            throw new IllegalStateException("no mail server");
                        })
                        .text("done"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/orders/7").status()).isEqualTo(200);
            assertThat(log.text()).contains("GET /orders/7: background task failed");
        }
    }

    @Test
    void stopping() {
        // #region grace
        App app = new App(Settings.defaults().gracePeriod(Duration.ofMinutes(2)));
        // #endregion grace
        assertThat(app.settings().gracePeriod()).isEqualTo(Duration.ofMinutes(2));
    }
}
