package io.bocadillo.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.TestClassPath;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class JettyServerTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final App app = new App();
    private final List<String> events = new CopyOnWriteArrayList<>();

    private JettyServer server() {
        return new JettyServer(app).host("127.0.0.1").port(0);
    }

    private static long idleMillis(Settings settings) {
        AtomicLong millis = new AtomicLong();
        try (JettyServer server = new JettyServer(new App(settings))
                .host("127.0.0.1")
                .port(0)
                .customize(jetty -> millis.set(jetty.getConnectors()[0].getIdleTimeout()))) {
            server.start();
        }
        return millis.get();
    }

    @Test
    void connectionsMayBeIdleALittleLongerThanTheirRequests() {
        Settings settings = Settings.defaults();
        assertThat(idleMillis(settings)).isEqualTo(61_000);
        assertThat(idleMillis(settings.writeIdleTimeout(Duration.ofSeconds(1)))).isEqualTo(31_000);
        assertThat(idleMillis(settings.bodyIdleTimeout(Duration.ofMinutes(2)))).isEqualTo(121_000);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void askTwice(Socket client) throws IOException {
        byte[] request = "GET /hello HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\n\r\n".getBytes(US_ASCII);
        for (int i = 0; i < 2; i++) {
            client.getOutputStream().write(request);
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\nhello") < 0) {
                int next = client.getInputStream().read();
                assertThat(next).isNotNegative();
                answer.append((char) next);
            }
        }
    }

    private static void connect(JettyServer server, int clients, List<Socket> open) throws IOException {
        for (int i = 0; i < clients; i++) {
            Socket client = new Socket("127.0.0.1", server.port());
            open.add(client);
            askTwice(client);
        }
    }

    /** With the cache that Jetty has for header fields they are 100 KB. */
    @Test
    void aConnectionBetweenTwoRequestsTakesAFewKilobytes() throws Exception {
        int clients = 200;
        App app = new App();
        app.get("/hello", (req, res) -> res.text("hello"));
        List<Socket> open = new ArrayList<>();
        try (JettyServer server = new JettyServer(app).host("127.0.0.1").port(0)) {
            server.start();
            connect(
                    server, clients,
                    open); // What the first ones bring about, or an earlier test has left, is not counted.
            long before = usedHeap();
            connect(server, clients, open);
            assertThat((usedHeap() - before) / clients).isBetween(1_000L, 30_000L);
        } finally {
            for (Socket client : open) {
                client.close();
            }
        }
    }

    @Test
    void noThreadIsKeptForAcceptingConnections() {
        AtomicInteger acceptors = new AtomicInteger(-1);
        try (JettyServer server = new JettyServer(new App())
                .host("127.0.0.1")
                .port(0)
                .customize(jetty -> acceptors.set(((ServerConnector) jetty.getConnectors()[0]).getAcceptors()))) {
            server.start();
        }
        assertThat(acceptors).hasValue(0);
    }

    @Test
    void aLimitWithoutEndIsNoneOfTheConnectionEither() {
        Settings settings = Settings.defaults();
        assertThat(idleMillis(settings.writeIdleTimeout(Duration.ZERO))).isNegative();
        assertThat(idleMillis(settings.bodyIdleTimeout(Duration.ZERO))).isNegative();
    }

    private static URI url(JettyServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private static CompletableFuture<HttpResponse<String>> getLater(URI url) {
        return CLIENT.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private static int featureOf(Path javaHome) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(javaHome.resolve("release"))) {
            release.load(in);
        } catch (IOException noJdk) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[^0-9]")[0]);
    }

    private static Optional<Path> newerJdk() throws IOException {
        String named = System.getProperty("JAVA25_HOME", System.getenv().getOrDefault("JAVA25_HOME", ""));
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        try (Stream<Path> siblings =
                Files.list(Path.of(System.getProperty("java.home")).getParent())) {
            return siblings.filter(javaHome -> featureOf(javaHome) >= 21).findFirst();
        }
    }

    @Test
    void itServesTheAppUntilItIsStopped() throws Exception {
        app.onStartup(() -> events.add("open"));
        app.onShutdown(() -> events.add("close"));
        app.get("/", (req, res) -> res.text("up"));
        JettyServer server = server().start();
        URI url = url(server, "/");
        assertThat(get(url).body()).isEqualTo("up");
        assertThat(events).containsExactly("open");
        server.close();
        server.stop();
        assertThat(events).containsExactly("open", "close");
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(url));
    }

    @Test
    void aRequestInFlightFinishesAlthoughStopWasCalled() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        app.get("/slow", (req, res) -> {
            inFlight.countDown();
            goOn.await();
            events.add("answered");
            return res.text("finished");
        });
        app.onShutdown(() -> events.add("closed"));
        JettyServer server = server().start();
        URI slow = url(server, "/slow");
        CompletableFuture<HttpResponse<String>> answer = getLater(slow);
        assertThat(inFlight.await(10, SECONDS)).isTrue();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(server::stop);
        Thread.sleep(300);
        assertThat(stop).isNotDone();
        goOn.countDown();
        assertThat(answer.get(10, SECONDS).body()).isEqualTo("finished");
        stop.get(10, SECONDS);
        assertThat(events).containsExactly("answered", "closed");
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(slow));
    }

    @Test
    void aLateRequestInFlightFinishesAlthoughStopWasCalled() throws Exception {
        CompletableFuture<String> found = new CompletableFuture<>();
        CountDownLatch inFlight = new CountDownLatch(1);
        app.get("/late", (req, res) -> {
            inFlight.countDown();
            return found.thenCompose(res::text);
        });
        JettyServer server = server().start();
        CompletableFuture<HttpResponse<String>> answer = getLater(url(server, "/late"));
        assertThat(inFlight.await(10, SECONDS)).isTrue();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(server::stop);
        Thread.sleep(300);
        found.complete("finished");
        assertThat(answer.get(10, SECONDS).body()).isEqualTo("finished");
        stop.get(10, SECONDS);
    }

    @Test
    void theGracePeriodEnds() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        app.get("/never", (req, res) -> {
            inFlight.countDown();
            return new CompletableFuture<>();
        });
        app.onShutdown(() -> events.add("closed"));
        JettyServer server = server().gracePeriod(Duration.ofMillis(200)).start();
        CompletableFuture<HttpResponse<String>> answer = getLater(url(server, "/never"));
        assertThat(inFlight.await(10, SECONDS)).isTrue();
        assertThat(CompletableFuture.runAsync(server::stop)).succeedsWithin(10, SECONDS);
        assertThat(events).containsExactly("closed");
        assertThat(answer.handle((response, broken) -> response == null ? 0 : response.statusCode())
                        .get(10, SECONDS))
                .isIn(0, 500, 503);
    }

    @Test
    void aTakenPortIsOneClearStartupError() throws Exception {
        app.onStartup(() -> events.add("open"));
        app.onShutdown(() -> events.add("close"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(() -> server().port(port).start())
                    .withMessageStartingWith("address: expected to listen at http://127.0.0.1:" + port + ", got '")
                    .withMessageContaining("in use")
                    .withMessageEndingWith("'. Stop what listens there, or choose another one with PORT, app.run(port)"
                            + " or JettyServer.");
            assertThatExceptionOfType(StartupError.class).isThrownBy(() -> new App().run(port));
        }
        assertThat(events).containsExactly("open", "close");
    }

    @Test
    void runWithAPortServesThereUntilItsThreadIsInterrupted() throws Exception {
        app.get("/", (req, res) -> res.text("up"));
        try (CapturedLog log = new CapturedLog()) {
            Thread main = new Thread(() -> app.run(0));
            main.start();
            Matcher line =
                    Pattern.compile("runs at (http://127\\.0\\.0\\.1:\\d+)").matcher("");
            while (main.isAlive() && !line.reset(log.text()).find()) {
                Thread.sleep(20);
            }
            assertThat(get(URI.create(line.group(1) + "/")).body()).isEqualTo("up");
            main.interrupt();
            main.join(SECONDS.toMillis(10));
            assertThat(main.isAlive()).isFalse();
        }
    }

    @Test
    void aMistakeInTheAppKeepsItFromListening() {
        app.get("/{x}", (req, res) -> res.empty());
        app.get("/x", (req, res) -> res.empty());
        JettyServer server = server();
        assertThatExceptionOfType(StartupError.class).isThrownBy(server::start);
        assertThat(server.port()).isNegative();
    }

    @Test
    void customizersGetJettysOwnServer() throws Exception {
        app.get("/", (req, res) -> res.text("up"));
        JettyServer server = server().customize(jetty -> jetty.setAttribute("seen", "yes"));
        CompletableFuture<Server> customized = new CompletableFuture<>();
        try (JettyServer started = server.customize(customized::complete).start()) {
            assertThat(customized.get(1, SECONDS).getAttribute("seen")).isEqualTo("yes");
            assertThat(customized.get(1, SECONDS).isStarted()).isTrue();
            assertThat(get(url(started, "/")).body()).isEqualTo("up");
        }
    }

    /** The thread that stops is no reason for the JVM to wait, so the one that runs has to be. */
    @Test
    void runReturnsWhenTheServerHasStoppedAndTheShutdownEventsHaveRun() throws Exception {
        app.onShutdown(() -> {
            Thread.sleep(300);
            events.add("closed");
        });
        JettyServer server = server();
        Thread main = running(server);
        Thread stopping = new Thread(server::stop);
        stopping.setDaemon(true);
        stopping.start();
        main.join(SECONDS.toMillis(30));
        assertThat(main.isAlive()).isFalse();
        assertThat(events).containsExactly("closed");
        stopping.join(SECONDS.toMillis(30));
    }

    /** By Jetty's own means; {@link JettyServer#customize} hands these out. */
    @Test
    void runStopsTheAppWhenJettyWasStoppedWithoutIt() throws Exception {
        app.onShutdown(() -> events.add("closed"));
        CompletableFuture<Server> jetty = new CompletableFuture<>();
        Thread main = running(server().customize(jetty::complete));
        jetty.join().stop();
        main.join(SECONDS.toMillis(30));
        assertThat(main.isAlive()).isFalse();
        assertThat(events).containsExactly("closed");
    }

    @Test
    void whoeverStopsItTooReturnsWhenItHasStopped() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        app.onShutdown(() -> {
            closing.countDown();
            goOn.await();
        });
        JettyServer server = server().start();
        CompletableFuture<Void> first = CompletableFuture.runAsync(server::stop);
        assertThat(closing.await(30, SECONDS)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(server::close);
        Thread.sleep(200);
        assertThat(second).isNotDone();
        goOn.countDown();
        second.get(30, SECONDS);
        first.get(30, SECONDS);
    }

    @Test
    void aViewThatStopsTheServerTakesTheGracePeriodAndNoLonger() throws Exception {
        CompletableFuture<JettyServer> stopping = new CompletableFuture<>();
        CompletableFuture<Long> closed = new CompletableFuture<>();
        app.get("/stop", (req, res) -> {
            stopping.join().stop();
            return res.empty();
        });
        app.onShutdown(() -> closed.complete(System.nanoTime()));
        JettyServer server = server().gracePeriod(Duration.ofMillis(300)).start();
        stopping.complete(server);
        long asked = System.nanoTime();
        getLater(url(server, "/stop"));
        assertThat(closed.get(30, SECONDS) - asked)
                .isGreaterThan(Duration.ofMillis(250).toNanos());
    }

    @Test
    void aShutdownEventMayStopTheServerThatStops() {
        List<JettyServer> stopping = new ArrayList<>();
        app.onShutdown(() -> {
            stopping.get(0).stop();
            events.add("closed");
        });
        JettyServer server = server().start();
        stopping.add(server);
        assertThat(CompletableFuture.runAsync(server::stop)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(events).containsExactly("closed");
    }

    @Test
    void runStopsTheServerWhenItsThreadIsInterrupted() throws Exception {
        app.onShutdown(() -> events.add("closed"));
        JettyServer server = server();
        Thread main = running(server);
        URI url = url(server, "/");
        main.interrupt();
        main.join(SECONDS.toMillis(10));
        try {
            assertThat(main.isAlive()).isFalse();
            assertThat(events).containsExactly("closed");
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(url));
        } finally {
            server.stop();
        }
    }

    @Test
    void whateverElseKeepsJettyFromStartingIsReportedAndTheAppIsStopped() {
        app.onShutdown(() -> events.add("closed"));
        JettyServer server = server().customize(jetty -> jetty.addBean(new AbstractLifeCycle() {
            @Override
            protected void doStart() {
                throw new UnsupportedOperationException("no licence");
            }
        }));
        assertThatIllegalStateException()
                .isThrownBy(server::start)
                .withMessage("Jetty did not start")
                .havingCause()
                .withMessage("no licence");
        assertThat(events).containsExactly("closed");
    }

    /** Such as a jar that is missing. */
    @Test
    void anErrorKeepsNothingRunningEither() {
        app.onShutdown(() -> events.add("closed"));
        CompletableFuture<Server> jetty = new CompletableFuture<>();
        JettyServer server = server().customize(jetty::complete)
                .customize(own -> own.addBean(new AbstractLifeCycle() {
                    @Override
                    protected void doStart() {
                        throw new NoClassDefFoundError("some/jar/Type");
                    }
                }));
        assertThatExceptionOfType(NoClassDefFoundError.class)
                .isThrownBy(server::start)
                .withMessage("some/jar/Type");
        assertThat(events).containsExactly("closed");
        assertThat(jetty.join().isStopped()).isTrue();
        assertThat(jetty.join().getThreadPool().getThreads()).isZero();
    }

    /** The thread that runs the server, which has said so. */
    private static Thread running(JettyServer server) throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            Thread main = new Thread(server::run);
            main.start();
            while (main.isAlive() && !log.text().contains("runs at")) {
                Thread.sleep(20);
            }
            assertThat(log.text())
                    .containsPattern(
                            "Bocadillo .+ runs at http://127\\.0\\.0\\.1:" + server.port() + ", started in \\d+ ms");
            return main;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX A: 1\r\n\r\n"
            })
    void whatJettyItselfRefusesTellsNoVersion(String request) throws Exception {
        try (JettyServer server = server().start();
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContainIgnoringCase("jetty");
            assertThat(answer).doesNotContainIgnoringCase("Server:").doesNotContainIgnoringCase("exception");
        }
    }

    @Test
    void answersOfTheAppTellNoVersionEither() throws Exception {
        try (JettyServer server = server().start()) {
            HttpResponse<String> response = get(url(server, "/nowhere"));
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void aPercentSignInAPathIsOne() throws Exception {
        app.get("/{x}", (req, res) -> res.text(req.param("x").value()));
        try (JettyServer server = server().start()) {
            assertThat(get(url(server, "/100%25")).body()).isEqualTo("100%");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sigtermLetsTheRequestInFlightFinish() throws Exception {
        try (ChildJvm child = ChildJvm.start(SlowApp.class)) {
            CompletableFuture<HttpResponse<String>> answer = getLater(child.url("/slow"));
            child.await("in flight");
            child.process().toHandle().destroy();
            assertThat(answer.get(20, SECONDS).body()).isEqualTo("finished");
            assertThat(child.outputAtTheEnd()).contains("shut down").doesNotContain("Exception");
            assertThat(child.process().exitValue()).isIn(0, 143);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sigtermDuringAStopLetsTheRequestInFlightFinishToo() throws Exception {
        try (ChildJvm child = ChildJvm.start(SlowApp.class)) {
            CompletableFuture<HttpResponse<String>> answer = getLater(child.url("/until-told"));
            child.await("in flight");
            HttpRequest stop = HttpRequest.newBuilder(child.url("/stop"))
                    .POST(BodyPublishers.noBody())
                    .build();
            CLIENT.send(stop, BodyHandlers.discarding());
            Thread.sleep(300);
            child.process().toHandle().destroy();
            assertThat(answer.get(20, SECONDS).body()).isEqualTo("finished");
            assertThat(child.outputAtTheEnd()).contains("shut down").doesNotContain("Exception");
        }
    }

    @Test
    void theStartLineHasVersionUrlAndMilliseconds() throws Exception {
        try (ChildJvm child = ChildJvm.start(SlowApp.class)) {
            assertThat(child.await("runs at"))
                    .containsPattern(
                            "Bocadillo \\d+\\.\\d+\\.\\d+\\S* runs at http://0\\.0\\.0\\.0:\\d+, started in \\d+ ms$");
        }
    }

    @Test
    void theStartLineIsThereWithoutALoggingBackendToo() throws Exception {
        String classPath = TestClassPath.of(entry -> !entry.contains("slf4j-simple"));
        try (ChildJvm child = ChildJvm.start(SlowApp.class, Path.of(System.getProperty("java.home")), "0", classPath)) {
            assertThat(child.await("runs at"))
                    .matches("Bocadillo .+ runs at http://0\\.0\\.0\\.0:\\d+, started in \\d+ ms");
        }
    }

    @Test
    void aBadPortEndsTheProcessWithOneLine() throws Exception {
        try (ChildJvm child = ChildJvm.start(
                SlowApp.class,
                Path.of(System.getProperty("java.home")),
                "http",
                System.getProperty("java.class.path"))) {
            assertThat(child.outputAtTheEnd())
                    .isEqualTo("Exception in thread \"main\" io.bocadillo.StartupError:"
                            + " PORT: expected a number from 0 to 65535, got 'http'. Mend the environment.");
            assertThat(child.process().exitValue()).isEqualTo(1);
        }
    }

    @Test
    void viewsRunOnVirtualThreadsFromJdk21On() throws Exception {
        Optional<Path> jdk = newerJdk();
        assumeTrue(jdk.isPresent());
        try (ChildJvm child =
                ChildJvm.start(SlowApp.class, jdk.orElseThrow(), "0", System.getProperty("java.class.path"))) {
            assertThat(get(child.url("/thread")).body()).startsWith("VirtualThread[");
        }
    }

    @Test
    void viewsRunOnPlatformThreadsBeforeJdk21() throws Exception {
        assumeTrue(Runtime.version().feature() < 21);
        app.get("/thread", (req, res) -> res.text(Thread.currentThread().toString()));
        try (JettyServer server = server().start()) {
            assertThat(get(url(server, "/thread")).body()).startsWith("Thread[bocadillo-");
        }
    }

    @Test
    void closingAServerThatNeverStartedLeavesTheAppAlone() {
        app.onShutdown(() -> events.add("closed"));
        app.get("/", (req, res) -> res.text("up"));
        try (TestClient elsewhere = TestClient.of(app)) {
            JettyServer never = server();
            never.close();
            never.stop();
            assertThat(elsewhere.get("/").text()).isEqualTo("up");
            assertThat(events).isEmpty();
        }
        assertThat(events).containsExactly("closed");
    }

    @Test
    void aServerWhoseAppDoesNotStartLeavesItAloneToo() {
        app.onShutdown(() -> events.add("closed"));
        app.onStartup(() -> {
            throw new IOException("no database");
        });
        try (JettyServer server = server()) {
            assertThatIllegalStateException().isThrownBy(server::start).withMessageContaining("no database");
            assertThat(events).containsExactly("closed");
        }
        assertThat(events).containsExactly("closed");
    }

    @Test
    void aServerThatCannotListenLeavesTheAppThatRunsElsewhereAlone() throws Exception {
        app.get("/", (req, res) -> res.text("up"));
        try (JettyServer first = server().start()) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(() -> server().port(first.port()).start());
            assertThat(get(url(first, "/")).body()).isEqualTo("up");
        }
    }

    @Test
    void aServerIsStartedOnce() throws Exception {
        app.onShutdown(() -> events.add("closed"));
        app.get("/", (req, res) -> res.text("up"));
        JettyServer server = server().start();
        String message = "server: expected to be started once, got it again. Create another one.";
        assertThatIllegalStateException().isThrownBy(server::start).withMessage(message);
        assertThat(get(url(server, "/")).body()).isEqualTo("up");
        server.stop();
        assertThat(events).containsExactly("closed");
        assertThatIllegalStateException().isThrownBy(server::start).withMessage(message);
        assertThat(events).containsExactly("closed");
    }

    @Test
    void anAddressOfAnotherMachineIsOneClearStartupError() {
        app.onShutdown(() -> events.add("closed"));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> server().host("203.0.113.1").start())
                .withMessageMatching(
                        "address: expected to listen at http://203\\.0\\.113\\.1:0, got '.*assign.*'\\."
                                + " Stop what listens there, or choose another one with PORT, app\\.run\\(port\\) or JettyServer\\.");
        assertThat(events).containsExactly("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, 70000, Integer.MIN_VALUE})
    void aPortOutOfRangeIsRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server().port(port))
                .withMessage("port: expected a number from 0 to 65535, got '" + port + "'. Use 0 for a free one.");
        assertThatIllegalArgumentException().isThrownBy(() -> app.run(port));
    }

    @Test
    void aHostThatNobodyKnowsIsOneClearStartupError() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> server().host("nowhere.invalid").start())
                .withMessageStartingWith("address: expected to listen at http://nowhere.invalid:0, got '")
                .withMessageNotContaining("null");
    }
}
