package io.bocadillo.testing;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static java.net.http.HttpClient.Version.HTTP_2;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LiveServerTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(50, MILLISECONDS);

    private static final byte DATA = 0;
    private static final byte HEADERS = 1;
    private static final byte SETTINGS = 4;
    private static final byte END_STREAM = 1;
    private static final byte END_HEADERS = 4;

    private final App app = new App();

    private static HttpResponse<String> send(HttpClient.Version version, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HttpClient.newBuilder().version(version).build().send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aPlainAnswerArrives(HttpClient.Version version) throws Exception {
        app.get("/hello/{who}", (req, res) -> res.header("X-App", "yes").text("hello " + req.param("who")));
        try (LiveServer server = LiveServer.start(app)) {
            HttpResponse<String> response = send(version, HttpRequest.newBuilder(server.url("/hello/caf%C3%A9")));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello café");
            assertThat(response.headers().firstValue("X-App")).hasValue("yes");
            assertThat(response.headers().firstValue("Content-Length")).hasValue("11");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aBodyComesBack(HttpClient.Version version) throws Exception {
        app.post("/echo", (req, res) -> res.text(req.text()));
        String text = "taco ".repeat(50_000);
        try (LiveServer server = LiveServer.start(app)) {
            HttpResponse<String> response =
                    send(version, HttpRequest.newBuilder(server.url("/echo")).POST(BodyPublishers.ofString(text)));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aBodyOfUnknownLengthComesBack(HttpClient.Version version) throws Exception {
        app.post("/echo", (req, res) -> res.text(req.text()));
        List<byte[]> chunks =
                IntStream.range(0, 100).mapToObj(i -> ("chunk " + i).getBytes()).toList();
        try (LiveServer server = LiveServer.start(app)) {
            HttpResponse<String> response = send(
                    version, HttpRequest.newBuilder(server.url("/echo")).POST(BodyPublishers.ofByteArrays(chunks)));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).startsWith("chunk 0chunk 1").endsWith("chunk 99");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aLateAnswerAndALargeOneArrive(HttpClient.Version version) throws Exception {
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 'x');
        app.get("/late", (req, res) -> CompletableFuture.runAsync(() -> res.text("late"), LATER));
        app.get("/large", (req, res) -> res.content(large, "text/plain"));
        try (LiveServer server = LiveServer.start(app)) {
            assertThat(send(version, HttpRequest.newBuilder(server.url("/late")))
                            .body())
                    .isEqualTo("late");
            assertThat(send(version, HttpRequest.newBuilder(server.url("/large")))
                            .body())
                    .hasSize(3_000_000);
        }
    }

    @Test
    void errorsAndLimitsAreThoseOfTheApp() throws Exception {
        app.post("/small", (req, res) -> res.text(req.text())).maxBody(4);
        try (LiveServer server = LiveServer.start(app)) {
            HttpRequest.Builder tooLarge =
                    HttpRequest.newBuilder(server.url("/small")).POST(BodyPublishers.ofString("12345"));
            assertThat(send(HTTP_1_1, tooLarge).statusCode()).isEqualTo(413);
            HttpResponse<String> missing = send(HTTP_2, HttpRequest.newBuilder(server.url("/nowhere")));
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
        }
    }

    @Test
    void headAndEmptyAnswersHaveNoBody() throws Exception {
        app.get("/text", (req, res) -> res.text("hello"));
        app.get("/empty", (req, res) -> res.empty());
        try (LiveServer server = LiveServer.start(app)) {
            HttpResponse<String> head =
                    send(HTTP_1_1, HttpRequest.newBuilder(server.url("/text")).method("HEAD", BodyPublishers.noBody()));
            assertThat(head.headers().firstValue("Content-Length")).hasValue("5");
            assertThat(head.body()).isEmpty();
            HttpResponse<String> empty = send(HTTP_1_1, HttpRequest.newBuilder(server.url("/empty")));
            assertThat(empty.statusCode()).isEqualTo(204);
            assertThat(empty.headers().firstValue("Content-Length")).isEmpty();
        }
    }

    @Test
    void itSpeaksHttp2ToWhoeverKnows() throws Exception {
        app.get(
                "/",
                (req, res) ->
                        res.text("over " + req.get(HttpServletRequest.class).getProtocol()));
        byte[] headers = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'};
        try (LiveServer server = LiveServer.start(app);
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            out.write(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});
            out.write(new byte[] {0, 0, (byte) headers.length, HEADERS, END_STREAM | END_HEADERS, 0, 0, 0, 1});
            out.write(headers);
            out.flush();
            assertThat(firstData(new DataInputStream(socket.getInputStream()))).isEqualTo("over HTTP/2.0");
        }
    }

    /** The payload of the first DATA frame (RFC 9113, section 4.1). */
    private static String firstData(DataInputStream in) throws IOException {
        while (true) {
            int lengthAndType = in.readInt();
            in.readFully(new byte[5]);
            byte[] payload = in.readNBytes(lengthAndType >>> 8);
            if ((lengthAndType & 0xFF) == DATA) {
                return new String(payload, US_ASCII);
            }
        }
    }

    @Test
    void urlsArePathsOfTheAppOnItsPort() {
        try (LiveServer server = LiveServer.start(app)) {
            assertThat(server.port()).isPositive();
            assertThat(server.url("/a?b=c")).isEqualTo(URI.create("http://127.0.0.1:" + server.port() + "/a?b=c"));
        }
    }

    @Test
    void severalServersRunAtOnce() throws Exception {
        App other = new App();
        app.get("/", (req, res) -> res.text("one"));
        other.get("/", (req, res) -> res.text("two"));
        try (LiveServer one = LiveServer.start(app);
                LiveServer two = LiveServer.start(other)) {
            assertThat(send(HTTP_1_1, HttpRequest.newBuilder(one.url("/"))).body())
                    .isEqualTo("one");
            assertThat(send(HTTP_1_1, HttpRequest.newBuilder(two.url("/"))).body())
                    .isEqualTo("two");
        }
    }

    @Test
    void afterTheEndNobodyAnswers() {
        LiveServer server = LiveServer.start(app);
        URI url = server.url("/");
        server.close();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send(HTTP_1_1, HttpRequest.newBuilder(url)));
    }

    @Test
    void anAppWithAMistakeDoesNotStart() {
        app.get("/{x}", (req, res) -> res.empty());
        app.get("/x", (req, res) -> res.empty());
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> LiveServer.start(app));
    }
}
