package io.bocadillo.docs;

// #region test
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CourseAppTest {

    private final TestClient client = TestClient.of(CourseApp.app());

    @Test
    void createsACourse() {
        TestClient guido = client.with("Authorization", "Token knowntoken");

        TestResponse created = guido.post("/courses", Map.of("name", "Python", "teacher", "Guido"));

        assertEquals(201, created.status());
        assertEquals(new CourseApp.Course(1, "Python", "Guido"), created.json(CourseApp.Course.class));
        assertEquals(created.text(), client.get("/courses/1").text());
    }

    @Test
    void refusesWithoutAToken() {
        TestResponse refused = client.post("/courses", Map.of("name", "Python", "teacher", "Guido"));

        assertEquals(401, refused.status());
    }
}
// #endregion test
