package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Settings;
import io.bocadillo.containers.TemporaryFolder;
import io.bocadillo.middleware.Gzip;
import io.bocadillo.staticfiles.StaticFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** An app with static files from everywhere, behind compression. */
public final class AssetsApp implements Supplier<App> {

    /** More than one piece, and no whole number of them. */
    static final int LARGE = 300_001;

    static final String TEXT = "All work and no play makes Jack a dull boy.\n".repeat(100);

    @Override
    public App get() {
        App app = new App(Settings.defaults().eventHeartbeat(Duration.ofMillis(200)));
        app.use(new Gzip());
        app.use((req, res, next) -> req.firstHeader("Content-Length") == null
                ? next.handle(req, res)
                : req.whenBody().thenCompose(body -> {
                    res.header("X-Thread", Thread.currentThread().getName());
                    return next.handle(req, res);
                }));
        app.get("/hello", (req, res) -> res.text("hello"));
        app.get("/open", (req, res) -> res.text("" + app.openExchanges()));
        app.get("/text", (req, res) -> res.header("ETag", "\"v1\"").text(TEXT));
        app.get("/large", (req, res) -> res.text(TEXT.repeat(1000)));
        app.get("/stream", (req, res) -> {
            res.header("Content-Type", "text/plain");
            return res.stream(Stream.generate(() -> TEXT).limit(1000));
        });
        app.get("/endless", (req, res) -> {
            res.header("Content-Type", "text/plain");
            byte[] noise = Bytes.pattern(100_000);
            return res.stream(Stream.generate(() -> ByteBuffer.wrap(noise)));
        });
        app.get("/events", (req, res) -> res.events(events -> events.send("first")));
        try {
            TemporaryFolder folder = TemporaryFolder.create("assets");
            app.onShutdown(folder::close);
            app.staticFiles("/assets", StaticFiles.directory(assets(folder)).index());
            app.staticFiles("/jar", inJar(folder.resolve("lib.jar")));
            app.staticFiles("/war", StaticFiles.webApp("/"));
            app.staticFiles(
                    "/spa", StaticFiles.directory(folder.resolve("S/sub")).fallback("index.html"));
            app.post("/spa/login", (req, res) -> res.text("in"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return app;
    }

    private static Path assets(TemporaryFolder folder) throws IOException {
        Path assets = Files.createDirectories(folder.resolve("S"));
        Files.createDirectories(assets.resolve("sub"));
        write(assets.resolve("a.txt"), "0123456789".getBytes(StandardCharsets.UTF_8));
        write(assets.resolve("large.bin"), Bytes.pattern(LARGE));
        write(assets.resolve("app.3f2a9c1b.js"), "plain".getBytes(StandardCharsets.UTF_8));
        write(assets.resolve("app.3f2a9c1b.js.gz"), "GZIPPED".getBytes(StandardCharsets.UTF_8));
        write(assets.resolve("sub/index.html"), "<h1>Sub</h1>".getBytes(StandardCharsets.UTF_8));
        write(assets.resolve("page.html"), TEXT.getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("secret.txt"), "SECRET".getBytes(StandardCharsets.UTF_8));
        Files.createSymbolicLink(assets.resolve("link.txt"), folder.resolve("secret.txt"));
        return assets;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
    }

    private static StaticFiles inJar(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("public/large.bin"));
            zip.write(Bytes.pattern(LARGE));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("META-INF/secret.txt"));
            zip.closeEntry();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, before));
        try {
            return StaticFiles.classPath("public");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
