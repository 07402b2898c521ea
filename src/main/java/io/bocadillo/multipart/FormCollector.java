package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parts of a form: those with a file name as files, all others as text.
 *
 * <p>The content held in memory never exceeds a given number of bytes. Fields are always held there, a field that does
 * not fit is a 413; files make room for them, by going to disk.
 *
 * <p>Whoever creates a collector closes it, whatever happens; then nothing is left of the files but those that were
 * moved. May be closed by another thread than the one that feeds it.
 */
public final class FormCollector implements PartHandler, AutoCloseable {

    private static final String CHARSET_FIELD = "_charset_";

    private final long maxMemory;
    private final int fileThreshold;
    private final Path directory;
    private final Memory memory;
    private final List<TextPart> texts = new ArrayList<>();
    private final List<FilePart> files = new ArrayList<>();
    private @Nullable TextPart text;
    private volatile @Nullable FilePart file;
    private volatile boolean anyOnDisk;
    private boolean closed;

    /**
     * Creates a collector for one form.
     *
     * @param maxMemory the most bytes of content to hold in memory
     * @param fileThreshold the most bytes of one file to hold there
     * @param directory where the temporary files go
     */
    public FormCollector(long maxMemory, int fileThreshold, Path directory) {
        this.maxMemory = maxMemory;
        this.fileThreshold = fileThreshold;
        this.directory = directory;
        this.memory = new Memory(maxMemory);
    }

    @Override
    public synchronized void part(PartHead head) {
        checkOpen();
        String fileName = head.fileName();
        if (fileName == null) {
            text = new TextPart(head);
            texts.add(text);
        } else {
            Spool content = new Spool(fileThreshold, memory, directory);
            FilePart begun = new FilePart(head.name(), fileName, head.contentType(), content);
            file = begun;
            files.add(begun);
        }
    }

    @Override
    public synchronized void data(ByteBuffer bytes) throws IOException {
        checkOpen();
        FilePart begun = file;
        if (begun != null) {
            begun.content().write(bytes);
        } else if (text != null) {
            take(bytes.remaining(), text.name());
            text.add(bytes);
        }
    }

    @Override
    public synchronized void endOfPart() throws IOException {
        FilePart begun = file;
        if (begun != null) {
            begun.content().finish();
            if (begun.content().isOnDisk()) {
                anyOnDisk = true;
            }
            if (begun.fileName().isEmpty() && begun.content().size() == 0) {
                // How browsers say that no file was chosen.
                files.remove(files.size() - 1);
            }
        }
        file = null;
        text = null;
    }

    /**
     * The values of the fields by name, in their order, unmodifiable.
     *
     * @throws MultipartException 400 for text that is malformed, 415 for text in an unknown charset: that of its part,
     *     else the one that the field {@code _charset_} names (RFC 7578, section 4.6), else UTF-8
     */
    public synchronized Map<String, List<String>> fields() {
        Charset charset = StandardCharsets.UTF_8;
        for (TextPart part : texts) {
            if (part.name().equals(CHARSET_FIELD)) {
                charset = TextPart.charset(part.decode(StandardCharsets.US_ASCII));
                break;
            }
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (TextPart part : texts) {
            fields.computeIfAbsent(part.name(), absent -> new ArrayList<>(1)).add(part.text(charset));
        }
        fields.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(fields);
    }

    /** The files in their order, without those that were not chosen. */
    public synchronized List<FilePart> files() {
        return List.copyOf(files);
    }

    /** Whether {@link #close} has a disk to wait for; asking waits for nothing. */
    public boolean isOnDisk() {
        FilePart begun = file;
        return anyOnDisk || begun != null && begun.content().isOnDisk();
    }

    /** Deletes every file that was not moved; one that can't be deleted does not keep the others. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        IOException failed = null;
        for (FilePart each : files) {
            try {
                each.content().close();
            } catch (IOException undeleted) {
                if (failed == null) {
                    failed = undeleted;
                } else {
                    failed.addSuppressed(undeleted);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        anyOnDisk = false;
    }

    private void take(int bytes, String name) throws IOException {
        boolean taken = memory.take(bytes);
        for (int i = 0; !taken && i < files.size(); i++) {
            anyOnDisk = true;
            files.get(i).content().spill();
            taken = memory.take(bytes);
        }
        if (!taken) {
            throw MultipartException.tooLarge("field '" + Printable.of(name) + "': expected at most " + maxMemory
                    + " bytes of fields, got more. Send a file.");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("FormCollector: expected parts before it is closed, got one after.");
        }
    }
}
