package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamTest {

    private enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "big";
            }
        }
    }

    private static Param of(String... values) {
        return new Param("n", List.of(values));
    }

    private static void assertRefused(Param param, Class<?> type, String expectation) {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> param.as(type))
                .satisfies(error -> assertThat(error.status()).isEqualTo(400))
                .satisfies(error -> assertThat(error.detail()).isEqualTo(Map.of("n", expectation)));
    }

    static Stream<Arguments> goodValues() {
        return Stream.of(
                Arguments.of("7", int.class, 7),
                Arguments.of("-7", Integer.class, -7),
                Arguments.of("9007199254740993", long.class, 9007199254740993L),
                Arguments.of("9007199254740993", Long.class, 9007199254740993L),
                Arguments.of("-32768", short.class, Short.MIN_VALUE),
                Arguments.of("7", Short.class, (short) 7),
                Arguments.of("127", byte.class, Byte.MAX_VALUE),
                Arguments.of("7", Byte.class, (byte) 7),
                Arguments.of("1.5", double.class, 1.5),
                Arguments.of("-1e3", Double.class, -1000.0),
                Arguments.of("1.5", float.class, 1.5f),
                Arguments.of("1.5", Float.class, 1.5f),
                Arguments.of("123456789012345678901", BigInteger.class, new BigInteger("123456789012345678901")),
                Arguments.of("1.10", BigDecimal.class, new BigDecimal("1.10")),
                Arguments.of("", String.class, ""),
                Arguments.of("TRUE", boolean.class, true),
                Arguments.of("off", Boolean.class, false),
                Arguments.of(
                        "F81D4FAE-7DEC-11d0-a765-00a0c91e6bf6",
                        UUID.class,
                        UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")),
                Arguments.of("SMALL", Size.class, Size.SMALL),
                Arguments.of("LARGE", Size.class, Size.LARGE),
                Arguments.of("MONDAY", DayOfWeek.class, DayOfWeek.MONDAY),
                Arguments.of("2026-11-22", LocalDate.class, LocalDate.of(2026, 11, 22)),
                Arguments.of("10:15", LocalTime.class, LocalTime.of(10, 15)),
                Arguments.of("2026-11-22T10:15", LocalDateTime.class, LocalDateTime.of(2026, 11, 22, 10, 15)),
                Arguments.of("1970-01-01T00:00:00Z", Instant.class, Instant.EPOCH),
                Arguments.of(
                        "2026-11-22T10:15+01:00", OffsetDateTime.class, OffsetDateTime.parse("2026-11-22T10:15+01:00")),
                Arguments.of("10:15+01:00", OffsetTime.class, OffsetTime.parse("10:15+01:00")),
                Arguments.of("2026-11-22T10:15Z", ZonedDateTime.class, ZonedDateTime.parse("2026-11-22T10:15Z")),
                Arguments.of("PT5M", Duration.class, Duration.ofMinutes(5)),
                Arguments.of("P1D", Period.class, Period.ofDays(1)),
                Arguments.of("2026", Year.class, Year.of(2026)),
                Arguments.of("2026-11", YearMonth.class, YearMonth.of(2026, 11)),
                Arguments.of("--11-22", MonthDay.class, MonthDay.of(11, 22)));
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void aGoodValueIsConverted(String text, Class<?> type, Object value) {
        assertThat((Object) of(text).as(type)).isEqualTo(value);
    }

    static Stream<Arguments> badValues() {
        String number = "Must be a number.";
        return Stream.of(
                Arguments.of("", int.class, number),
                Arguments.of("seven", int.class, number),
                Arguments.of("1.0", Integer.class, number),
                Arguments.of(" 1", Integer.class, number),
                Arguments.of("+1", int.class, number),
                Arguments.of("\u0663", int.class, number),
                Arguments.of("2147483648", int.class, number),
                Arguments.of("0x10", long.class, number),
                Arguments.of("9223372036854775808", Long.class, number),
                Arguments.of("32768", short.class, number),
                Arguments.of("128", byte.class, number),
                Arguments.of("NaN", double.class, number),
                Arguments.of("Infinity", Double.class, number),
                Arguments.of("1e999", double.class, number),
                Arguments.of("1e300", float.class, number),
                Arguments.of("1,5", double.class, number),
                Arguments.of(" 1", double.class, number),
                Arguments.of("1d", double.class, number),
                Arguments.of("1f", float.class, number),
                Arguments.of("1D", Double.class, number),
                Arguments.of("7L", long.class, number),
                Arguments.of("+7", long.class, number),
                Arguments.of("+7", double.class, number),
                Arguments.of("+7", BigInteger.class, number),
                Arguments.of("+7", BigDecimal.class, number),
                Arguments.of("-", int.class, number),
                Arguments.of("--7", int.class, number),
                Arguments.of("-", double.class, number),
                Arguments.of("1.", double.class, number),
                Arguments.of("1e", double.class, number),
                Arguments.of("1e1000", BigDecimal.class, number),
                Arguments.of("1_000", int.class, number),
                Arguments.of("\u0661\u0662", double.class, number),
                Arguments.of("\u0661\u0662", BigDecimal.class, number),
                Arguments.of("\u0661\u0662", BigInteger.class, number),
                Arguments.of("\uff17", long.class, number),
                Arguments.of("7\n", int.class, number),
                Arguments.of("1.5\n", double.class, number),
                Arguments.of("0x1p3", double.class, number),
                Arguments.of(".5", double.class, number),
                Arguments.of("1e999999999", BigDecimal.class, number),
                Arguments.of("1.5", BigInteger.class, number),
                Arguments.of("9".repeat(1001), BigInteger.class, number),
                Arguments.of("9".repeat(1001), BigDecimal.class, number),
                Arguments.of("one", BigDecimal.class, number),
                Arguments.of("maybe", boolean.class, "Must be true or false."),
                Arguments.of("", Boolean.class, "Must be true or false."),
                Arguments.of("2", Boolean.class, "Must be true or false."),
                Arguments.of("1-2-3-4-5", UUID.class, "Must be a UUID."),
                Arguments.of("f81d4fae7dec11d0a76500a0c91e6bf6", UUID.class, "Must be a UUID."),
                Arguments.of("0f81d4fae-dec-11d0-a765-00a0c91e6bf6", UUID.class, "Must be a UUID."),
                Arguments.of("g81d4fae-7dec-11d0-a765-00a0c91e6bf6", UUID.class, "Must be a UUID."),
                Arguments.of("small", Size.class, "Must be one of SMALL, LARGE."),
                Arguments.of("big", Size.class, "Must be one of SMALL, LARGE."),
                Arguments.of("2026-02-30", LocalDate.class, "Must be an ISO 8601 LocalDate."),
                Arguments.of("22.11.2026", LocalDate.class, "Must be an ISO 8601 LocalDate."),
                Arguments.of("", Instant.class, "Must be an ISO 8601 Instant."),
                Arguments.of("5 minutes", Duration.class, "Must be an ISO 8601 Duration."));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aBadValueIsA400ThatNamesTheParameter(String text, Class<?> type, String expectation) {
        assertRefused(of(text), type, expectation);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "1, true", "Yes, true", "ON, true", "false, false", "0, false", "no, false", "Off, false"
    })
    void booleansHaveFourSpellings(String text, boolean value) {
        assertThat(of(text).asBoolean()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(classes = {int.class, String.class, LocalDate.class, Size.class})
    void aMissingValueIsA400ThatNamesTheParameter(Class<?> type) {
        assertRefused(of(), type, "Is required.");
    }

    @Test
    void theClientIsToldWhichParameterIsMissing() {
        App app = new App();
        app.get("/top", (req, res) -> res.json(req.query("n").asInt()));
        TestResponse response = TestClient.of(app).get("/top");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .isEqualTo("{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":{\"n\":\"Is required.\"}}");
    }

    @Test
    void theClientIsToldWhichParameterIsMalformed() {
        App app = new App();
        app.get("/items/{pk}", (req, res) -> res.json(req.param("pk").asLong()));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items/7").text()).isEqualTo("7");
        assertThat(client.get("/items/x").text())
                .isEqualTo("{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":{\"pk\":\"Must be a number.\"}}");
    }

    @Test
    void orElseReadsTheTypeOfTheFallback() {
        int number = of("5").orElse(10);
        String text = of("5").orElse("ten");
        boolean bool = of("no").orElse(true);
        LocalDate date = of("2026-11-22").orElse(LocalDate.EPOCH);
        assertThat(number).isEqualTo(5);
        assertThat(text).isEqualTo("5");
        assertThat(bool).isFalse();
        assertThat(date).isEqualTo("2026-11-22");
    }

    @Test
    void orElseGivesTheFallbackWhenThereIsNoValue() {
        int number = of().orElse(10);
        Size size = of().orElse(Size.LARGE);
        assertThat(number).isEqualTo(10);
        assertThat(size).isEqualTo(Size.LARGE);
    }

    @Test
    void orElseKnowsTheEnumOfAConstantWithABody() {
        assertThat(of("SMALL").orElse(Size.LARGE)).isEqualTo(Size.SMALL);
    }

    @Test
    void orElseDoesNotForgiveAMalformedValue() {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> of("x").orElse(10))
                .satisfies(error -> assertThat(error.detail()).isEqualTo(Map.of("n", "Must be a number.")));
    }

    @ParameterizedTest
    @ValueSource(classes = {List.class, Object.class, Thread.class, ZoneId.class, int[].class})
    void anUnknownTypeIsAMistakeOfTheApp(Class<?> type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("x").as(type))
                .withMessageStartingWith("Param.as: expected a ")
                .withMessageContaining("'" + type.getName() + "'");
    }

    @Test
    void theFirstOfSeveralValuesCounts() {
        Param param = of("1", "2");
        assertThat(param.value()).isEqualTo("1");
        assertThat(param.asInt()).isOne();
        assertThat(param.values()).containsExactly("1", "2");
        assertThat(param).hasToString("1");
    }

    @Test
    void isPresentTellsAnEmptyValueFromNone() {
        assertThat(of("").isPresent()).isTrue();
        assertThat(of().isPresent()).isFalse();
        assertThat(of().values()).isEmpty();
        assertThat(of()).hasToString("");
    }

    @Property
    void everyIntSurvivesBeingWrittenAndRead(@ForAll int number) {
        assertThat(of(Integer.toString(number)).asInt()).isEqualTo(number);
    }

    @Property
    void everyFiniteDoubleSurvivesBeingWrittenAndRead(@ForAll double number) {
        assertThat(of(Double.toString(number)).as(double.class)).isEqualTo(number);
    }

    @Property
    void anyTextIsANumberOrA400(@ForAll String text) {
        for (Class<?> type :
                List.of(int.class, long.class, double.class, BigDecimal.class, UUID.class, Instant.class)) {
            try {
                assertThat((Object) of(text).as(type)).isNotNull();
            } catch (HttpError refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void orElseOfNullIsAMistakeOfTheAppWhetherThereIsAValueOrNot() {
        for (Param param : List.of(of(), of("x"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> param.<String>orElse(null))
                    .withMessage("Param.orElse: expected a fallback whose type says how to read 'n', got 'null'."
                            + " Ask isPresent().");
        }
    }

    @Test
    void anUnknownTypeOfTheFallbackIsAMistakeOfTheAppWhetherThereIsAValueOrNot() {
        for (Param param : List.of(of(), of("x"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> param.orElse(List.of()))
                    .withMessageStartingWith("Param.as: expected a ");
            assertThatIllegalArgumentException().isThrownBy(() -> param.as(Thread.class));
        }
    }
}
