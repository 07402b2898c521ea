package io.bocadillo.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsumedFormTest {

    private final Map<String, String[]> parameters = new LinkedHashMap<>();

    private String body(@Nullable String query) {
        return body(query, "utf-8");
    }

    private String body(@Nullable String query, @Nullable String charset) {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getCharacterEncoding", charset);
        request.put("getQueryString", query);
        request.put("getParameterMap", parameters);
        return new String(ConsumedForm.body(Answers.of(HttpServletRequest.class, request)), US_ASCII);
    }

    @Test
    void theFormIsWrittenAnewFromItsParameters() {
        parameters.put("name", new String[] {"café & co"});
        parameters.put("tag", new String[] {"a", "b", ""});
        assertThat(body(null)).isEqualTo("name=caf%C3%A9+%26+co&tag=a&tag=b&tag=");
    }

    @Test
    void whatTheQueryBroughtIsLeftOut() {
        parameters.put("page", new String[] {"2"});
        parameters.put("tag", new String[] {"query 1", "query 2", "form"});
        assertThat(body("page=2&tag=query+1&t%61g=query+2")).isEqualTo("tag=form");
    }

    @Test
    void aQueryThatIsEmptyOrHasNoValuesIsNoTrouble() {
        parameters.put("flag", new String[] {"", "form"});
        assertThat(body("flag&")).isEqualTo("flag=form");
        assertThat(body("")).isEqualTo("flag=&flag=form");
    }

    @Test
    void theOctetsAreThoseThatWereSent() {
        parameters.put("name", new String[] {"caf\u00e9"});
        assertThat(body(null, "iso-8859-1")).isEqualTo("name=caf%E9");
        assertThat(body(null, null)).isEqualTo("name=caf%E9");
    }

    @Test
    void aMalformedQueryIsNoTrouble() {
        parameters.put("page", new String[] {"2"});
        parameters.put("name", new String[] {"taco"});
        assertThat(body("%zz=1&page=2")).isEqualTo("name=taco");
    }

    @Test
    void onlyAFormWithParametersIsOne() {
        parameters.put("name", new String[] {"taco"});
        assertThat(isForm("application/x-www-form-urlencoded")).isTrue();
        assertThat(isForm("Application/X-WWW-Form-URLEncoded; charset=utf-8")).isTrue();
        assertThat(isForm("application/json")).isFalse();
        assertThat(isForm(null)).isFalse();
        parameters.clear();
        assertThat(isForm("application/x-www-form-urlencoded")).isFalse();
    }

    private boolean isForm(@Nullable String contentType) {
        Map<String, @Nullable Object> request = new HashMap<>();
        request.put("getContentType", contentType);
        request.put("getParameterMap", parameters);
        return ConsumedForm.is(Answers.of(HttpServletRequest.class, request));
    }

    @Test
    void aPairOfTheQueryThatCannotBeDecodedTakesNothingFromTheForm() {
        parameters.put("a", new String[] {"1"});
        parameters.put("b", new String[] {"2"});
        assertThat(body("b=%zz")).isEqualTo("a=1&b=2");
        assertThat(body("b=%zz&a=%")).isEqualTo("a=1&b=2");
        assertThat(body("b=%zz&b=2")).isEqualTo("a=1");
    }
}
