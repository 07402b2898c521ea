package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.multipart.FormCollector;
import io.bocadillo.multipart.MultipartParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormTest {

    @TempDir
    Path temporary;

    @TempDir
    Path home;

    private FormCollector collector;

    @BeforeEach
    void open() {
        collector = new FormCollector(100, 10, temporary);
    }

    @AfterEach
    void close() throws IOException {
        collector.close();
        assertThat(temporary).isEmptyDirectory();
    }

    private Form form(String document) throws IOException {
        MultipartParser parser = new MultipartParser("B", Settings.defaults().multipartLimits(), collector);
        parser.feed(ByteBuffer.wrap(document.replace("\n", "\r\n").getBytes(UTF_8)));
        parser.end();
        return Form.of(collector);
    }

    private Form uploads() throws IOException {
        return form("""
                --B
                Content-Disposition: form-data; name="n"

                7
                --B
                Content-Disposition: form-data; name="docs"; filename="C:\\a.txt"
                Content-Type: text/plain

                small
                --B
                Content-Disposition: form-data; name="docs"; filename="../b.txt"

                larger than ten
                --B
                Content-Disposition: form-data; name="photo"; filename=""


                --B--""");
    }

    @Test
    void fieldsAreParams() throws IOException {
        Form form = uploads();
        assertThat(form.field("n").asInt()).isEqualTo(7);
        assertThat(form.field("m").isPresent()).isFalse();
        assertThat(form.fields()).isEqualTo(Map.of("n", List.of("7")));
        assertThat(Form.of(Map.of("a", List.of("1", "2"))).field("a").values()).containsExactly("1", "2");
    }

    @Test
    void filesAreFoundByTheNameOfTheirField() throws IOException {
        Form form = uploads();
        UploadedFile file = form.file("docs");
        assertThat(file).hasToString("docs: a.txt");
        assertThat(file.contentType()).isEqualTo("text/plain");
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.bytes()).asString().isEqualTo("small");
        assertThat(form.files("docs")).extracting(UploadedFile::fileName).containsExactly("a.txt", "b.txt");
        assertThat(form.files("docs").get(1).contentType()).isNull();
        assertThat(form.files("photo")).isEmpty();
        assertThat(form.files()).isEqualTo(form.files("docs"));
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Form form = uploads();
        for (String name : List.of("photo", "n", "none")) {
            assertThatExceptionOfType(HttpError.class)
                    .isThrownBy(() -> form.file(name))
                    .returns(400, HttpError::status)
                    .returns(Map.of(name, "Is required."), HttpError::detail);
        }
    }

    @Test
    void afterTheEndOnlyWhatWasMovedCanBeRead() throws IOException {
        List<UploadedFile> files = uploads().files();
        files.get(0).moveTo(home.resolve("kept"));
        collector.close();
        assertThat(files.get(0).bytes()).asString().isEqualTo("small");
        assertThat(home.resolve("kept")).hasContent("small");
        UploadedFile gone = files.get(1);
        assertThat(gone).hasToString("docs: b.txt");
        assertThat(gone.size()).isEqualTo(15);
        assertThatIllegalStateException()
                .isThrownBy(gone::bytes)
                .withMessageStartingWith("uploaded file: expected use before the end of the exchange, got it after.");
        assertThatIllegalStateException().isThrownBy(gone::content);
        assertThatIllegalStateException().isThrownBy(() -> gone.moveTo(home.resolve("late")));
    }

    @Test
    void aFieldThatIsNoTextIsRefused() {
        assertThatExceptionOfType(HttpError.class)
                .isThrownBy(() -> form(
                        "--B\nContent-Disposition: form-data; name=a\nContent-Type: a/b; charset=us-ascii\n\né\n--B--"))
                .returns(400, HttpError::status)
                .returns(
                        "field 'a': expected US-ASCII text, got bytes that are none. Give files a filename.",
                        HttpError::detail);
    }
}
