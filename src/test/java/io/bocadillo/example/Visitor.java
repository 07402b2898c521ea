package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestForm;
import io.bocadillo.testing.TestResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser: it keeps the cookie of the session, and forms bring the token of their page. */
final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"");

    private final TestClient client;
    private String cookie = "";

    Visitor(App app) {
        this(app, "");
    }

    Visitor(App app, String cookie) {
        this.client = TestClient.of(app);
        this.cookie = cookie;
    }

    String cookie() {
        return cookie;
    }

    TestResponse get(String path) {
        return kept(client().get(path));
    }

    /** Posts a form as it stands. */
    TestResponse post(String path, TestForm form) {
        return kept(client().post(path, form));
    }

    /** Loads a page, and posts a form to {@code action} with the token that is on it. */
    TestResponse submit(String page, String action, TestForm form) {
        Matcher token = TOKEN.matcher(get(page).text());
        if (!token.find()) {
            throw new AssertionError(page + ": expected a form with a token, got none.");
        }
        return post(action, form.field("csrf_token", token.group(1)));
    }

    private TestClient client() {
        return cookie.isEmpty() ? client : client.with("Cookie", cookie);
    }

    private TestResponse kept(TestResponse response) {
        String set = response.header("Set-Cookie");
        if (set != null) {
            cookie = set.split(";", 2)[0];
        }
        return response;
    }
}
