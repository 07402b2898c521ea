package io.bocadillo.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsumedFormTest {

    private final Map<String, String[]> parameters = new LinkedHashMap<>();

    private String body(@Nullable String query) throws Exception {
        return body(query, "utf-8");
    }

    private String body(@Nullable String query, @Nullable String charset) throws Exception {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getContentType", "application/x-www-form-urlencoded");
        request.put("getCharacterEncoding", charset);
        request.put("getQueryString", query);
        request.put("getParameterMap", parameters);
        try (InputStream form = ConsumedForm.open(Answers.of(HttpServletRequest.class, request))) {
            return new String(Objects.requireNonNull(form).readAllBytes(), US_ASCII);
        }
    }

    @Test
    void theFormIsWrittenAnewFromItsParameters() throws Exception {
        parameters.put("name", new String[] {"café & co"});
        parameters.put("tag", new String[] {"a", "b", ""});
        assertThat(body(null)).isEqualTo("name=caf%C3%A9+%26+co&tag=a&tag=b&tag=");
    }

    @Test
    void whatTheQueryBroughtIsLeftOut() throws Exception {
        parameters.put("page", new String[] {"2"});
        parameters.put("tag", new String[] {"query 1", "query 2", "form"});
        assertThat(body("page=2&tag=query+1&t%61g=query+2")).isEqualTo("tag=form");
    }

    @Test
    void aQueryThatIsEmptyOrHasNoValuesIsNoTrouble() throws Exception {
        parameters.put("flag", new String[] {"", "form"});
        assertThat(body("flag&")).isEqualTo("flag=form");
        assertThat(body("")).isEqualTo("flag=&flag=form");
    }

    @Test
    void theOctetsAreThoseThatWereSent() throws Exception {
        parameters.put("name", new String[] {"caf\u00e9"});
        assertThat(body(null, "iso-8859-1")).isEqualTo("name=caf%E9");
        assertThat(body(null, null)).isEqualTo("name=caf%E9");
    }

    @Test
    void aMalformedQueryIsNoTrouble() throws Exception {
        parameters.put("page", new String[] {"2"});
        parameters.put("name", new String[] {"taco"});
        assertThat(body("%zz=1&page=2")).isEqualTo("name=taco");
    }

    @Test
    void onlyAFormWithParametersIsOne() throws Exception {
        parameters.put("name", new String[] {"taco"});
        assertThat(isForm("application/x-www-form-urlencoded")).isTrue();
        assertThat(isForm("Application/X-WWW-Form-URLEncoded; charset=utf-8")).isTrue();
        assertThat(isForm("application/json")).isFalse();
        assertThat(isForm(null)).isFalse();
        parameters.clear();
        assertThat(isForm("application/x-www-form-urlencoded")).isFalse();
    }

    private boolean isForm(@Nullable String contentType) throws Exception {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getContentType", contentType);
        request.put("getCharacterEncoding", "utf-8");
        request.put("getQueryString", null);
        request.put("getParameterMap", parameters);
        return ConsumedForm.open(Answers.of(HttpServletRequest.class, request)) != null;
    }

    @Test
    void aPairOfTheQueryThatCannotBeDecodedTakesNothingFromTheForm() throws Exception {
        parameters.put("a", new String[] {"1"});
        parameters.put("b", new String[] {"2"});
        assertThat(body("b=%zz")).isEqualTo("a=1&b=2");
        assertThat(body("b=%zz&a=%")).isEqualTo("a=1&b=2");
        assertThat(body("b=%zz&b=2")).isEqualTo("a=1");
    }
}
