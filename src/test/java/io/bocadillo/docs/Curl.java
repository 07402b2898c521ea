package io.bocadillo.docs;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/** The few options of curl that the documentation needs. */
final class Curl {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method = "";
    private String target = "";
    private String data = "";
    private boolean showsHead;

    private Curl() {}

    /** Reads a command line: {@code $ curl -i http://127.0.0.1:8000/}. */
    static Curl of(String line) {
        Curl curl = new Curl();
        Matcher word = WORD.matcher(line.substring("$ curl ".length()).replace("\\\n", " "));
        List<String> words = new ArrayList<>();
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s", "-N", "--path-as-is" -> {}
                case "-i" -> curl.showsHead = true;
                case "-I" -> {
                    curl.showsHead = true;
                    curl.method = "HEAD";
                }
                case "-X" -> curl.method = words.get(++i);
                case "-H" -> {
                    String[] header = words.get(++i).split(": ?", 2);
                    curl.headers.put(header[0], header[1]);
                }
                case "-d" -> curl.data(words.get(++i), "application/x-www-form-urlencoded");
                case "--json" -> curl.data(words.get(++i), "application/json");
                default -> curl.target = target(words.get(i));
            }
        }
        if (curl.method.isEmpty()) {
            curl.method = curl.data.isEmpty() ? "GET" : "POST";
        }
        return curl;
    }

    private static String target(String url) {
        if (!url.startsWith("http://127.0.0.1:8000/")) {
            throw new IllegalArgumentException("curl: expected an option or http://127.0.0.1:8000/..., got '" + url
                    + "'. Teach it to " + Curl.class.getSimpleName() + ".");
        }
        return url.substring("http://127.0.0.1:8000".length());
    }

    private void data(String data, String contentType) {
        this.data = data;
        headers.putIfAbsent("Content-Type", contentType);
    }

    /** What it prints; a final line break is lost. */
    List<String> output(TestClient client) {
        TestClient sender = client.with("Host", "127.0.0.1:8000").with("Accept", "*/*");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            sender = sender.with(header.getKey(), header.getValue());
        }
        TestResponse response = sender.request(method, target, data.getBytes(StandardCharsets.UTF_8));
        List<String> output = new ArrayList<>();
        if (showsHead) {
            output.add("HTTP/1.1 " + response.status() + " " + HttpStatus.getMessage(response.status()));
            response.headers().toString().lines().forEach(output::add);
        }
        if (showsHead && response.body().length > 0) {
            output.add("");
        }
        response.text().lines().forEach(output::add);
        return output;
    }
}
