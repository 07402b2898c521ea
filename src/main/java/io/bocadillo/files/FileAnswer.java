package io.bocadillo.files;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * What a request gets of a file: all of it, some of it, or word that it need not or must not have it.
 *
 * <p>Immutable. No argument or result is null.
 */
public final class FileAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final Representation file;
    private final List<Segment> segments;
    private final boolean sendsBody;

    private FileAnswer(
            int status, Map<String, String> headers, Representation file, List<Segment> segments, boolean sendsBody) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(headers);
        this.file = file;
        this.segments = List.copyOf(segments);
        this.sendsBody = sendsBody;
    }

    /**
     * Answers a request by its preconditions and ranges (RFC 9110, sections 13.2.2 and 14.2).
     *
     * <p>They count for GET and HEAD, ranges for GET alone. To any other method the file is not what its path names, but
     * the result of what it did: the answer is then {@link #whole}.
     *
     * @param headers all values of a field of the request, by its name; empty if there is none
     */
    public static FileAnswer of(Representation file, String method, Function<String, List<String>> headers) {
        boolean isGet = method.equals("GET");
        if (!isGet && !method.equals("HEAD")) {
            return whole(file, method);
        }
        Preconditions preconditions = new Preconditions(file, headers);
        int status = preconditions.status();
        Map<String, String> fields = new LinkedHashMap<>();
        if (status == 412) {
            return new FileAnswer(412, fields, file, List.of(), false);
        }
        fields.put("ETag", file.etag().toString());
        if (status == 304) {
            return new FileAnswer(304, fields, file, List.of(), false);
        }
        fields.put("Last-Modified", HttpDate.format(file.lastModified()));
        fields.put("Accept-Ranges", "bytes");
        List<String> range = isGet ? headers.apply("Range") : List.of();
        if (range.size() == 1 && preconditions.allowRange()) {
            var ranges = ByteRanges.of(range.get(0), file.length());
            // A server may ignore the field (section 14.2); parts in any order would be read from the start for each.
            if (ranges.isPresent()
                    && (ranges.get().size() < 2 || file.resource().hasRandomAccess())) {
                return partial(file, ranges.get(), fields);
            }
        }
        return all(file, method, fields);
    }

    /**
     * Answers with all of the file whatever the request says, for any status but 200: preconditions and ranges are about
     * what would be a success (RFC 9110, sections 13.2.1 and 14.2). It carries no validators, which would be those of the
     * path.
     */
    public static FileAnswer whole(Representation file, String method) {
        return all(file, method, new LinkedHashMap<>());
    }

    /** 200, 206, 304, 412 or 416; 200 too for {@link #whole}, where it leaves the status that was set. */
    public int status() {
        return status;
    }

    /**
     * The fields of the answer in their order, unmodifiable. They are no others than {@code Content-Type}, only with a
     * body, {@code Content-Range}, {@code ETag}, {@code Last-Modified} and {@code Accept-Ranges}.
     */
    public Map<String, String> headers() {
        return headers;
    }

    /** The length of the body in bytes; for HEAD that of the body which GET would get. */
    public long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    /**
     * The body for one subscriber, empty for HEAD; it opens the file with the first request for a piece of it, and closes
     * it whichever way it ends.
     *
     * <p>A piece has up to 32 KB and is the subscriber's own. Ask for two, then for one with each that is done: one is read
     * while the other is sent, and no more than two are in memory. Another version in the place of the file ends it with
     * {@link java.nio.file.FileSystemException} before the first piece. A file that becomes shorter later ends it with
     * {@link java.io.EOFException}; of one that grows no more than {@link #length} is read.
     *
     * @param executor where the file is read and the subscriber is called; it may block
     */
    public Flow.Publisher<ByteBuffer> body(Executor executor) {
        return new FileBody(file, sendsBody ? segments : List.of(), executor);
    }

    private static FileAnswer all(Representation file, String method, Map<String, String> fields) {
        fields.put("Content-Type", file.contentType());
        List<Segment> segments =
                file.length() == 0 ? List.of() : List.of(new Segment.Region(new ByteRange(0, file.length() - 1)));
        return new FileAnswer(200, fields, file, segments, !method.equals("HEAD"));
    }

    private static FileAnswer partial(Representation file, List<ByteRange> ranges, Map<String, String> fields) {
        if (ranges.isEmpty()) {
            fields.put("Content-Range", "bytes */" + file.length());
            return new FileAnswer(416, fields, file, List.of(), false);
        }
        if (ranges.size() == 1) {
            fields.put("Content-Type", file.contentType());
            fields.put("Content-Range", ranges.get(0).within(file.length()));
            return new FileAnswer(206, fields, file, List.of(new Segment.Region(ranges.get(0))), true);
        }
        Multipart multipart = Multipart.of(file, ranges);
        fields.put("Content-Type", multipart.contentType());
        return new FileAnswer(206, fields, file, multipart.segments(), true);
    }
}
