package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One part of a {@code multipart/byteranges} body (RFC 9110, section 14.6), read without liberties. */
record ByteRangePart(String contentType, String contentRange, byte[] content) {

    private static final Pattern TYPE = Pattern.compile("multipart/byteranges; ?boundary=([\\w-]{1,70})");
    private static final Pattern HEAD =
            Pattern.compile("Content-Type: ([^\r\n]+)\r\nContent-Range: (bytes (\\d+)-(\\d+)/\\d+)\r\n\r\n");

    /** All parts, after which nothing may follow. */
    static List<ByteRangePart> of(Answer answer) {
        Matcher type = TYPE.matcher(answer.header("Content-Type"));
        assertThat(type.matches()).as(answer.header("Content-Type")).isTrue();
        String delimiter = "--" + type.group(1);
        String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
        List<ByteRangePart> parts = new ArrayList<>();
        int next = 0;
        while (body.startsWith(delimiter + "\r\n", next)) {
            Matcher head = HEAD.matcher(body).region(next + delimiter.length() + 2, body.length());
            assertThat(head.lookingAt()).as("the head of part %s", parts.size()).isTrue();
            int end = head.end() + Integer.parseInt(head.group(4)) - Integer.parseInt(head.group(3)) + 1;
            parts.add(new ByteRangePart(
                    head.group(1),
                    head.group(2),
                    body.substring(head.end(), end).getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(body.startsWith("\r\n", end))
                    .as("a line break after part %s", parts.size())
                    .isTrue();
            next = end + 2;
        }
        assertThat(body.substring(next)).isEqualTo(delimiter + "--\r\n");
        return parts;
    }
}
