package io.bocadillo.files;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Several ranges in one body, {@code multipart/byteranges} (RFC 9110, section 14.6). */
record Multipart(String boundary, List<Segment> segments) {

    /** The boundary is random, so that no file can contain it on purpose. */
    static Multipart of(Representation file, List<ByteRange> ranges) {
        String boundary = UUID.randomUUID().toString();
        List<Segment> segments = new ArrayList<>();
        String lineBreak = "";
        for (ByteRange range : ranges) {
            segments.add(Segment.Text.of(lineBreak + "--" + boundary
                    + "\r\nContent-Type: " + file.contentType()
                    + "\r\nContent-Range: " + range.within(file.length())
                    + "\r\n\r\n"));
            segments.add(new Segment.Region(range));
            lineBreak = "\r\n";
        }
        segments.add(Segment.Text.of("\r\n--" + boundary + "--\r\n"));
        return new Multipart(boundary, segments);
    }

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }
}
