package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Part;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** Views that take forms; a file of a test begins with its token. */
final class UploadViews {

    static final int LIMIT = 200_000;

    private final Gates gates;
    private final Map<String, Taker> takers = new ConcurrentHashMap<>();

    UploadViews(Gates gates) {
        this.gates = gates;
    }

    void register(App app) {
        app.post("/up/form", UploadViews::answer);
        app.post("/up/small", UploadViews::answer).maxBody(LIMIT);
        app.post(
                "/up/held/{token}",
                (req, res) -> gates.gate(req.param("token").value()).thenCompose(open -> answer(req, res)));
        app.post("/up/failing", (req, res) -> {
            throw new IllegalStateException("a bug, " + req.form().files().size() + " files");
        });
        app.post("/up/kept", UploadViews::keep);
        app.post("/up/parts/{token}", this::parts).streaming();
        app.post("/up/parts/{token}/{n}", (req, res) -> {
            taker(req).subscription().request(req.param("n").asLong());
            return res.text("asked");
        });
        app.get("/up/parts/{token}", (req, res) -> res.text("" + taker(req).count()));
        app.get(
                "/up/temporary/{token}",
                (req, res) -> res.text("" + temporaryFiles(req.param("token").value())));
    }

    private static CompletionStage<?> answer(Request req, Response res) {
        List<String> files = req.form().files().stream()
                .map(file -> file + " " + file.contentType() + " " + file.size())
                .toList();
        return res.json(Map.of("fields", req.form().fields(), "files", files));
    }

    private static CompletionStage<?> keep(Request req, Response res) throws IOException {
        Path folder = Files.createTempDirectory("kept");
        Path target = folder.resolve("file");
        UploadedFile file = req.form().file("f");
        file.moveTo(target);
        byte[] kept = Files.readAllBytes(target);
        Files.delete(target);
        Files.delete(folder);
        return res.text(Taker.whole(kept));
    }

    /** One part after the other, whose content comes as it is asked for; one without a file name at once. */
    private CompletionStage<?> parts(Request req, Response res) {
        Taker taker = taker(req);
        List<String> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        req.parts().subscribe(new Flow.Subscriber<>() {

            private Flow.Subscription parts;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                parts = subscription;
                parts.request(1);
            }

            @Override
            public void onNext(Part part) {
                Taker content = part.fileName() == null ? new Taker() : taker;
                part.content().subscribe(content);
                if (part.fileName() == null) {
                    content.subscription().request(Long.MAX_VALUE);
                }
                content.outcome().thenAccept(outcome -> {
                    seen.add(part.name() + " " + outcome);
                    parts.request(1);
                });
            }

            @Override
            public void onError(Throwable failure) {
                done.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                done.complete(null);
            }
        });
        return done.thenCompose(all -> res.text(String.join(", ", seen)));
    }

    private Taker taker(Request req) {
        return takers.computeIfAbsent(req.param("token").value(), unseen -> new Taker());
    }

    private static long temporaryFiles(String token) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("bocadillo-"))
                    .filter(file -> beginsWith(file, token))
                    .count();
        }
    }

    private static boolean beginsWith(Path file, String token) {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(token.length()), StandardCharsets.US_ASCII).equals(token);
        } catch (NoSuchFileException deleted) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
