package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasePathTest {

    private static final HttpServletRequest UNASKED = Answers.of(HttpServletRequest.class, Map.of());

    private static BasePath served(String contextPath, @Nullable List<String> mappings) {
        Map<String, @Nullable Object> context = new HashMap<>();
        context.put("getContextPath", contextPath);
        context.put(
                "getServletRegistration",
                mappings == null ? null : Answers.of(ServletRegistration.class, Map.of("getMappings", mappings)));
        return BasePath.of(Answers.of(
                ServletConfig.class,
                Map.of("getServletName", "api", "getServletContext", Answers.of(ServletContext.class, context))));
    }

    private static HttpServletRequest requestBy(String pattern) {
        HttpServletMapping mapping = Answers.of(HttpServletMapping.class, Map.of("getPattern", pattern));
        return Answers.of(HttpServletRequest.class, Map.of("getHttpServletMapping", mapping));
    }

    @ParameterizedTest
    @CsvSource({
        "'', /*, ''",
        "/shop, /*, /shop",
        "'', /api/*, /api",
        "/shop, /api/*, /shop/api",
        "/shop, /api/v1/*, /shop/api/v1",
        "/, /*, ''",
        "/shop, /, /shop",
        "/shop, *.do, /shop",
        "/shop, /exact, /shop"
    })
    void withOneMappingTheBasePathIsKnownFromTheStart(String contextPath, String mapping, String basePath) {
        assertThat(served(contextPath, List.of(mapping)).forRequest(UNASKED)).isEqualTo(basePath);
    }

    @Test
    void withSeveralMappingsTheRequestTellsWhichOneItCameBy() {
        BasePath base = served("/shop", List.of("/api/*", "/v2/*"));
        assertThat(base.forRequest(requestBy("/api/*"))).isEqualTo("/shop/api");
        assertThat(base.forRequest(requestBy("/v2/*"))).isEqualTo("/shop/v2");
    }

    @Test
    void withoutARegistrationTheRequestTellsToo() {
        assertThat(served("", null).forRequest(requestBy("/api/*"))).isEqualTo("/api");
    }
}
