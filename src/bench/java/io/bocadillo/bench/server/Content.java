package io.bocadillo.bench.server;

import java.util.List;

/** What every server answers, so that all of them do the same work. */
public final class Content {

    public static final String TEXT = "Hello, World!";
    public static final String TEXT_TYPE = "text/plain;charset=utf-8";
    public static final String JSON_TYPE = "application/json";
    public static final String BYTES_TYPE = "application/octet-stream";

    /** Sent as it is by everyone: what counts is how it gets out. */
    public static final byte[] BIG = new byte[1024 * 1024];

    public static final int EARLIER_ROUTES = 200;

    private Content() {}

    /** The answer of {@code /json}. */
    public record Greeting(String message) {}

    /** What {@code /echo} reads and writes. */
    public record Note(long id, String title, String text, List<String> tags) {}

    public static final Note NOTE = new Note(
            42,
            "Groceries",
            "Bread, tomatoes, an avocado and whatever the market has that looks good today",
            List.of("home", "food", "saturday"));

    /** The answer of {@code /users/{id}/posts/{slug}}. */
    public static String post(String id, String slug) {
        return slug + " by " + id;
    }

    /** The pattern of one of the routes that are registered before that one. */
    public static String earlierRoute(int number) {
        return "/things" + number + "/{id}/parts/{name}";
    }

    /** The header field that one middleware adds. */
    public static String header(int number) {
        return "X-Middleware-" + number;
    }
}
