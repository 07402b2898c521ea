package io.bocadillo;

import io.bocadillo.multipart.FormCollector;
import io.bocadillo.multipart.MultipartException;
import java.util.List;
import java.util.Map;

/** A submitted form: its fields as text, and its files. */
public final class Form {

    private final Map<String, List<String>> fields;
    private final List<UploadedFile> files;

    private Form(Map<String, List<String>> fields, List<UploadedFile> files) {
        this.fields = fields;
        this.files = files;
    }

    /** A form without files. */
    static Form of(Map<String, List<String>> fields) {
        return new Form(fields, List.of());
    }

    /** What has been collected, once all of it is there; {@link HttpError} 400 or 415 for a field that is no text. */
    static Form of(FormCollector parts) {
        try {
            return new Form(
                    parts.fields(),
                    parts.files().stream().map(UploadedFile::new).toList());
        } catch (MultipartException malformed) {
            throw refusal(malformed);
        }
    }

    /** The answer to a document that is refused. */
    static HttpError refusal(MultipartException why) {
        return HttpError.untraced(why.status(), why.getMessage());
    }

    /** The field, all its values if it is repeated. */
    public Param field(String name) {
        return new Param(name, fields.getOrDefault(name, List.of()));
    }

    /** All fields by name, in their order, unmodifiable. */
    public Map<String, List<String>> fields() {
        return fields;
    }

    /** The file, the first one if there are several; {@link HttpError} 400 that names it when none was chosen. */
    public UploadedFile file(String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HttpError(400, Map.of(name, "Is required.")));
    }

    /** The files of that field in their order, unmodifiable; empty when none was chosen. */
    public List<UploadedFile> files(String name) {
        return files.stream().filter(file -> file.name().equals(name)).toList();
    }

    /** All files in their order, unmodifiable. */
    public List<UploadedFile> files() {
        return files;
    }
}
