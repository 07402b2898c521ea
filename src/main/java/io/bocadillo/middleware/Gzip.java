package io.bocadillo.middleware;

import io.bocadillo.ContentCoding;
import io.bocadillo.Headers;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.zip.Deflater;

/**
 * Compresses answers for clients that take it (RFC 9110, sections 8.4 and 12.5.3): by gzip, or by Brotli if brotli4j is on
 * the class path and the client likes it as well.
 *
 * <p>A body in memory is compressed at once, a stream piece by piece; of one without a declared length each piece is sent
 * before the next is asked for. Left alone are small bodies, types that are compressed already, parts of files (206), what
 * has a coding or a digest, and what says {@code no-transform}.
 *
 * <p>Immutable: every setter returns a changed copy.
 */
public final class Gzip implements Middleware {

    private static final int MIN_SIZE = 1024;
    private static final int LEVEL = 6;

    /**
     * Fields of answers that are not to be changed any more: coded, a part, or with a digest of just these bytes (RFC 9530; RFC
     * 3230; RFC 2616, section 14.15).
     */
    private static final List<String> FINAL =
            List.of("Content-Encoding", "Content-Range", "Content-Digest", "Repr-Digest", "Digest", "Content-MD5");

    private final int minSize;
    private final Predicate<String> types;
    private final List<ContentCoding> ofBodies;

    /** Which stay open as long as the client reads, files too: these hold less memory. */
    private final List<ContentCoding> ofStreams;

    /** Creates one that compresses text, JSON and their like from 1024 bytes on, at level 6. */
    public Gzip() {
        this(MIN_SIZE, ContentCoding::isCompressible, codings(LEVEL, false), codings(LEVEL, true));
    }

    private Gzip(int minSize, Predicate<String> types, List<ContentCoding> ofBodies, List<ContentCoding> ofStreams) {
        this.minSize = minSize;
        this.types = types;
        this.ofBodies = ofBodies;
        this.ofStreams = ofStreams;
    }

    /** From how many bytes on a body is compressed, 1024 by default; streams of unknown length always are. */
    public Gzip minSize(int bytes) {
        if (bytes < 0) {
            throw new StartupError(
                    "Gzip.minSize: expected 0 bytes or more, got '" + bytes + "'. Use 0 to compress all of them.");
        }
        return new Gzip(bytes, types, ofBodies, ofStreams);
    }

    /** How hard gzip tries, from 1, fast, to 9, small; 6 by default. */
    public Gzip level(int level) {
        if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
            throw new StartupError("Gzip.level: expected 1 to 9, got '" + level + "'. Use 6, or leave it out.");
        }
        return new Gzip(minSize, types, codings(level, false), codings(level, true));
    }

    /** Which values of {@code Content-Type} are compressed; by default text, JSON, XML, SVG and what else it is worth for. */
    public Gzip types(Predicate<String> types) {
        return new Gzip(minSize, types, ofBodies, ofStreams);
    }

    /** Which media types are compressed: {@code application/json}, {@code text/*}; {@link StartupError} for what is none. */
    public Gzip types(String... types) {
        return types(MediaTypeSet.of("Gzip.types", types));
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            compress(req, res);
            return stage;
        }
        return stage.thenRun(() -> compress(req, res));
    }

    private void compress(Request req, Response res) {
        if (res.status() == 304) {
            revalidate(req, res.headers());
            return;
        }
        if (!isCompressible(res)) {
            return;
        }
        res.headers().vary("Accept-Encoding");
        ContentCoding chosen = ContentCoding.choose(req, res.bodyStream() == null ? ofBodies : ofStreams);
        if (chosen != null) {
            res.encode(chosen);
        }
    }

    private boolean isCompressible(Response res) {
        int status = res.status();
        long length = res.bodyLength();
        Headers headers = res.headers();
        String type = headers.get("Content-Type");
        return status != 204
                && status != 205
                && status != 206
                && (length >= minSize && length > 0 || length < 0)
                && type != null
                && types.test(type)
                && !isFinal(headers)
                && !CacheControl.has(headers, "no-transform");
    }

    private static boolean isFinal(Headers headers) {
        for (int i = 0; i < FINAL.size(); i++) {
            if (headers.contains(FINAL.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A client that has the compressed form is told by its tag, which is weak; one that has the plain one, by that (RFC
     * 9110, section 15.4.5). What the type would have been, nobody knows.
     */
    private static void revalidate(Request req, Headers headers) {
        headers.vary("Accept-Encoding");
        String tag = headers.get("ETag");
        if (tag != null && !tag.startsWith("W/")) {
            String weak = "W/" + tag;
            if (req.headers().all("If-None-Match").stream().anyMatch(tags -> tags.contains(weak))) {
                headers.set("ETag", weak);
            }
        }
    }

    /** Without brotli4j, it is the class itself that can't be loaded. */
    private static boolean hasBrotli() {
        try {
            return Brotli.isAvailable();
        } catch (LinkageError missing) {
            return false;
        }
    }

    private static List<ContentCoding> codings(int level, boolean ofStreams) {
        List<ContentCoding> codings = new ArrayList<>();
        if (hasBrotli()) {
            codings.add(ofStreams ? Brotli.OF_STREAMS : Brotli.OF_BODIES);
        }
        codings.add(new GzipCoding(level));
        return List.copyOf(codings);
    }
}
