package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.Part;
import io.bocadillo.Settings;
import io.bocadillo.UploadedFile;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsPageTest {

    @TempDir
    Path folder;

    @Test
    void form() {
        App app = new App();
        // #region form
        app.post("/login", (req, res) -> {
            String name = req.form().field("name").value();
            boolean stay = req.form().field("stay").orElse(false);
            return res.text(name + (stay ? " stays" : " visits"));
        });
        // #endregion form
        assertThat(TestClient.of(app)
                        .post("/login", new TestForm().field("name", "Ada").field("stay", "on"))
                        .text())
                .isEqualTo("Ada stays");
    }

    @Test
    void file() {
        Path photos = folder;
        App app = new App();
        // #region file
        app.post("/photos", (req, res) -> {
            UploadedFile photo = req.form().file("photo");
            String id = UUID.randomUUID().toString();
            photo.moveTo(photos.resolve(id));
            return res.status(201).text(photo.fileName() + " is " + photo.size() + " bytes");
        });
        // #endregion file
        TestClient client = TestClient.of(app);
        byte[] pixels = "pixels".getBytes(StandardCharsets.UTF_8);
        // #region test
        TestForm form = new TestForm().field("title", "Taco").file("photo", "taco.png", "image/png", pixels);
        assertThat(client.post("/photos", form).text()).isEqualTo("taco.png is 6 bytes");
        // #endregion test
        assertThat(client.post("/photos", new TestForm().field("title", "Taco")).text())
                .contains("{\"photo\":\"Is required.\"}");
    }

    @Test
    void parts() {
        App app = new App();
        // #region parts
        app.post("/copies", (req, res) -> {
                    Copier copier = new Copier();
                    req.parts().subscribe(copier);
                    return copier.done().thenCompose(bytes -> res.text(bytes + " bytes"));
                })
                .streaming()
                .maxBody(10_000_000_000L);
        // #endregion parts
        TestForm form = new TestForm().field("title", "Taco").file("photo", "t.png", "image/png", new byte[100_000]);
        assertThat(TestClient.of(app).post("/copies", form).text()).isEqualTo("100004 bytes");
    }

    // #region copier
    static final class Copier implements Flow.Subscriber<Part> {

        private final CompletableFuture<Long> done = new CompletableFuture<>();
        private Flow.Subscription parts;
        private long bytes;

        CompletableFuture<Long> done() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            parts = subscription;
            parts.request(1);
        }

        @Override
        public void onNext(Part part) {
            part.content().subscribe(new Flow.Subscriber<ByteBuffer>() {

                private Flow.Subscription content;

                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    content = subscription;
                    content.request(1);
                }

                @Override
                public void onNext(ByteBuffer piece) {
                    bytes += piece.remaining(); // here it would go to a store
                    content.request(1);
                }

                @Override
                public void onError(Throwable failure) {
                    done.completeExceptionally(failure);
                }

                @Override
                public void onComplete() {
                    parts.request(1);
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            done.complete(bytes);
        }
    }
    // #endregion copier

    @Test
    void limits() {
        View view = (req, res) -> res.text("" + req.form().file("film").size());
        // #region limits
        App app = new App(Settings.defaults().maxBody(64 * 1024)); // for JSON, text, urlencoded forms
        app.post("/films", view).maxBody(2_000_000_000); // here all bodies, whatever they are
        // #endregion limits
        TestForm form = new TestForm().file("film", "film", "video/mp4", new byte[11 << 20]);
        assertThat(TestClient.of(app).post("/films", form).text()).isEqualTo("" + (11 << 20));
    }
}
