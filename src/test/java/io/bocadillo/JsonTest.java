package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;

class JsonTest {

    private record Line(String article, int amount) {}

    private record Order(int pk, LocalDate due, List<Line> lines) {}

    private record Everything(
            DayOfWeek day, UUID id, boolean paid, double price, ZoneId zone, URI link, char initial, String note) {}

    private record Title(String text) {
        private Title {
            if (text.isBlank()) {
                throw new IllegalArgumentException("secret rule");
            }
        }
    }

    private final App app = new App();

    private TestResponse read(Type type, String body) {
        app.post("/", (req, res) -> res.json(req.json(type)));
        return TestClient.of(app).with("Content-Type", "application/json").post("/", body);
    }

    private static String detail(String detail) {
        return "{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":" + detail + "}";
    }

    @Test
    void recordsAndDatesAreReadAndWritten() {
        String json = "{\"pk\":7,\"due\":\"2026-11-22\",\"lines\":[{\"article\":\"taco\",\"amount\":3}]}";
        assertThat(read(Order.class, json).text()).isEqualTo(json);
    }

    @Test
    void genericTypesAreRead() throws Exception {
        class Shape {
            @SuppressWarnings("unused")
            List<Line> lines;
        }
        Type lines = Shape.class.getDeclaredField("lines").getGenericType();
        assertThat(lines).isInstanceOf(ParameterizedType.class);
        assertThat(read(lines, "[{\"article\":\"taco\",\"amount\":3}]").text())
                .isEqualTo("[{\"article\":\"taco\",\"amount\":3}]");
    }

    @Test
    void timesAreWrittenAsIso8601() {
        app.get("/", (req, res) -> res.json(Map.of("at", Instant.EPOCH)));
        app.get("/duration", (req, res) -> res.json(Duration.ofMinutes(90)));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").text()).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
        assertThat(client.get("/duration").text()).isEqualTo("\"PT1H30M\"");
    }

    @Test
    void nullOptionalAndTextAreWritten() {
        app.get("/null", (req, res) -> res.json(null));
        app.get("/optional", (req, res) -> res.json(List.of(Optional.of(1), Optional.empty())));
        app.get("/text", (req, res) -> res.json("café \"x\" \u2028"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/null").text()).isEqualTo("null");
        assertThat(client.get("/optional").text()).isEqualTo("[1,null]");
        assertThat(client.get("/text").json(String.class)).isEqualTo("café \"x\" \u2028");
    }

    @Test
    void whatCannotBeWrittenIsAMistakeOfTheApp() {
        Object cyclic = new Object() {
            @JsonProperty
            Object self = this;
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.defaults().json().encode(cyclic))
                .withMessageStartingWith("json: expected a value that Jackson can write, got '"
                        + cyclic.getClass().getName());
        app.get("/", (req, res) -> res.json(cyclic));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.lines("ERROR")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON",
                "application/merge-patch+json"
            })
    void aJsonContentTypeIsTaken(String contentType) {
        app.post("/", (req, res) -> res.json(req.json(Line.class)));
        TestClient client = TestClient.of(app).with("Content-Type", contentType);
        assertThat(client.post("/", "{\"article\":\"taco\",\"amount\":3}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/jsonp", "", "json", ";"})
    void anotherContentTypeIsA415(String contentType) {
        app.post("/", (req, res) -> res.json(req.json(Line.class)));
        TestResponse response =
                TestClient.of(app).with("Content-Type", contentType).post("/", "{}");
        assertThat(response.status()).isEqualTo(415);
        assertThat(response.text())
                .contains("\"detail\":\"Content-Type: expected application/json, got '" + contentType + "'.\"");
    }

    @Test
    void noContentTypeIsA415() {
        app.post("/", (req, res) -> res.json(req.json(Line.class)));
        assertThat(TestClient.of(app).post("/", "{}".getBytes(UTF_8)).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"pk\": 7,|1", "{\"pk\": tru}|1", "[1,¶ 2,¶ ]|3", "{'pk': 7}|1", "{\"pk\":1} x|1", "{\"a\" 1}|1"
            })
    void malformedJsonIsA400WithLineAndColumn(String body, int line) {
        TestResponse response = read(Object.class, body.replace('¶', '\n'));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .matches("\\{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":"
                        + "\"body: expected JSON, got text that is malformed at line " + line + ", column \\d+\\.\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"pk\":\"seven\"}|{\"pk\":\"Must be a number.\"}",
                "{\"pk\":null}|{\"pk\":\"Must be a number.\"}",
                "{\"pk\":3.7}|{\"pk\":\"Must be a number.\"}",
                "{\"pk\":\"3\"}|{\"pk\":\"Must be a number.\"}",
                "{\"pk\":1,\"due\":\"tomorrow\"}|{\"due\":\"Must be an ISO 8601 LocalDate.\"}",
                "{\"pk\":1,\"lines\":3}|{\"lines\":\"Must be a list.\"}",
                "{\"pk\":1,\"lines\":[{},{\"amount\":\"x\"}]}|{\"lines[1].amount\":\"Must be a number.\"}",
                "{\"pk\":1,\"lines\":[true]}|{\"lines[0]\":\"Must be an object.\"}",
                "[]|{\"body\":\"Must be an object.\"}",
                "7|{\"body\":\"Must be an object.\"}",
            })
    void aMisfitNamesTheMemberAndTheExpectation(String body, String detail) {
        TestResponse response = read(Order.class, body.replace("{},", "{\"article\":\"a\",\"amount\":1},"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .isEqualTo(detail(detail))
                .doesNotContain("java.")
                .doesNotContain("Order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day|\"Someday\"|Must be one of MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY.",
                "id|\"7\"|Must be a UUID.",
                "paid|\"maybe\"|Must be true or false.",
                "price|{}|Must be a number.",
                "note|{}|Must be text.",
                "note|5|Must be text.",
                "note|1.5|Must be text.",
                "note|true|Must be text.",
                "paid|1|Must be true or false.",
                "price|\"1.5\"|Must be a number.",
            })
    void aMisfitReadsLikeThatOfAParameter(String member, String value, String expectation) {
        assertThat(read(Everything.class, "{\"" + member + "\":" + value + "}").text())
                .isEqualTo(detail("{\"" + member + "\":\"" + expectation + "\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"zone|\"Nowhere/X\"", "link|\"::\"", "initial|\"ab\"", "link|{}"})
    void aMisfitOfAnotherTypeIsA400WithoutALie(String member, String value) {
        TestResponse response = read(Everything.class, "{\"" + member + "\":" + value + "}");
        assertThat(response.text()).isEqualTo(detail("{\"" + member + "\":\"Is not valid.\"}"));
    }

    @Test
    void aRecordThatRefusesItsValuesIsA400ThatTellsNoInternals() {
        TestResponse response = read(Title.class, "{\"text\":\" \"}");
        assertThat(response.text()).isEqualTo(detail("{\"body\":\"Is not valid.\"}"));
    }

    @Test
    void aTypeThatJacksonCannotBuildIsAMistakeOfTheApp() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(read(Runnable.class, "{}").status()).isEqualTo(500);
            assertThat(log.lines("ERROR")).hasSize(1);
        }
    }

    @Test
    void invalidUtf8IsA400() {
        app.post("/", (req, res) -> res.json(req.json(String.class)));
        TestResponse response = TestClient.of(app)
                .with("Content-Type", "application/json")
                .post("/", new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'});
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("body: expected JSON, got text that is malformed at line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aDepthBombIsA400(String opening) {
        TestResponse response = read(Object.class, opening.repeat(100_000));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("\"detail\":\"body: expected JSON, got text that is malformed");
    }

    @Test
    void aNumberBombIsA400() {
        assertThat(read(Object.class, "9".repeat(10_000)).status()).isEqualTo(400);
    }

    @Test
    void aNullBodyIsA400() {
        assertThat(read(Order.class, "null").text()).isEqualTo(detail("\"body: expected a JSON value, got 'null'.\""));
    }

    @Test
    void anEmptyBodyIsA400() {
        assertThat(read(Order.class, "").text()).isEqualTo(detail("\"body: expected JSON, got nothing.\""));
    }

    @Test
    void anUnknownMemberIsSkipped() {
        assertThat(read(Line.class, "{\"article\":\"taco\",\"amount\":3,\"extra\":{}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aMapperOfOnesOwnReadsAndWrites() {
        Json json = new JacksonJson(JacksonJson.standardMapper()
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build());
        Line line = json.decode("{\"Article\":\"taco\",\"Amount\":3}".getBytes(UTF_8), Line.class);
        assertThat(line).isEqualTo(new Line("taco", 3));
        assertThat(json.encode(line)).asString(UTF_8).isEqualTo("{\"Article\":\"taco\",\"Amount\":3}");
    }

    @Test
    void decodeThrowsTheHttpErrorItself() {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> Settings.defaults().json().decode("{".getBytes(UTF_8), Map.class))
                .satisfies(error -> assertThat(error.getCause()).isNotNull());
    }
}
