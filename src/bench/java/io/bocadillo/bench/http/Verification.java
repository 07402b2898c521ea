package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import io.bocadillo.bench.server.Content;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Whether a server does the work that is measured: its answers are what all servers have to answer. */
public final class Verification {

    private static final int TIMEOUT_SECONDS = 10;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Verifies all servers one after the other, and measures nothing. */
    public static void run() throws IOException, InterruptedException {
        Verification verification = new Verification();
        for (int middleware : Options.middleware()) {
            for (Contender contender : Options.servers()) {
                try (ServerProcess server = ServerProcess.start(contender, middleware)) {
                    verification.verify(server, middleware);
                }
                System.out.println(contender + " behind " + middleware + " middleware: as the others");
            }
        }
    }

    /** Asks for every endpoint once. */
    void verify(ServerProcess server, int middleware) throws IOException, InterruptedException {
        for (Endpoint endpoint : Endpoint.values()) {
            HttpResponse<String> answer = ask(server, endpoint);
            expect(server, endpoint, "status", "200", String.valueOf(answer.statusCode()));
            expect(server, endpoint, "body", endpoint.answer(), answer.body());
            String type = answer.headers().firstValue("Content-Type").orElse("none");
            expect(server, endpoint, "media type", endpoint.type(), type.replaceFirst(" *;.*", ""));
            expect(
                    server,
                    endpoint,
                    "length",
                    String.valueOf(endpoint.answer().length()),
                    answer.headers().firstValue("Content-Length").orElse("none"));
            for (int i = 1; i <= middleware; i++) {
                String name = Content.header(i);
                expect(
                        server,
                        endpoint,
                        name,
                        "1",
                        String.join(",", answer.headers().allValues(name)));
            }
        }
    }

    private HttpResponse<String> ask(ServerProcess server, Endpoint endpoint) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + endpoint.path()));
        if (endpoint.requestBody() != null) {
            request.header("Content-Type", Content.JSON_TYPE).POST(BodyPublishers.ofString(endpoint.requestBody()));
        }
        request.timeout(Duration.ofSeconds(TIMEOUT_SECONDS));
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private static void expect(ServerProcess server, Endpoint endpoint, String what, String expected, String got) {
        if (!expected.equals(got)) {
            throw new IllegalStateException("server " + server.contender() + ", " + what + " of " + endpoint
                    + ": expected '" + expected + "', got '" + got + "'. All servers have to do the same work.");
        }
    }
}
