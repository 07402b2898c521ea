package io.bocadillo.badinputs;

import java.util.ArrayList;
import java.util.List;

/** As much of HTTP/2 (RFC 9113) as a row needs: one request on stream 1, header fields as plain literals. */
final class Http2 {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int FRAME_HEADER = 9;

    private Http2() {}

    /** The preface and HEADERS; the first of the parts is the flags in hex, the others are {@code name=value}. */
    static String request(List<String> parts) {
        StringBuilder block = new StringBuilder();
        for (String field : parts.subList(1, parts.size())) {
            int equals = field.indexOf('=');
            block.append('\0')
                    .append(literal(Escapes.resolve(field.substring(0, equals))))
                    .append(literal(Escapes.resolve(field.substring(equals + 1))));
        }
        return PREFACE + frame(SETTINGS, 0, 0, "") + frame(HEADERS, hex(parts.get(0)), 1, block.toString());
    }

    /** DATA; the argument is {@code flags|content}. */
    static String data(String argument) {
        int bar = argument.indexOf('|');
        return frame(DATA, hex(argument.substring(0, bar)), 1, Escapes.resolve(argument.substring(bar + 1)));
    }

    /** What the frames that came back mean, in their order: a status code, {@code h2:rst} or {@code h2:goaway}. */
    static List<String> statuses(String octets) {
        List<String> statuses = new ArrayList<>();
        int i = 0;
        while (i + FRAME_HEADER <= octets.length()) {
            int length = octets.charAt(i) << 16 | octets.charAt(i + 1) << 8 | octets.charAt(i + 2);
            int payload = i + FRAME_HEADER;
            int end = Math.min(octets.length(), payload + length);
            switch (octets.charAt(i + 3)) {
                case RST_STREAM -> statuses.add("h2:rst");
                case GOAWAY -> statuses.add("h2:goaway");
                case HEADERS -> statuses.add(Hpack.status(octets.substring(payload, end)));
                default -> {}
            }
            i = payload + length;
        }
        return statuses;
    }

    private static String frame(int type, int flags, int stream, String payload) {
        int length = payload.length();
        return new StringBuilder()
                .append((char) (length >> 16 & 0xFF))
                .append((char) (length >> 8 & 0xFF))
                .append((char) (length & 0xFF))
                .append((char) type)
                .append((char) flags)
                .append("\0\0\0")
                .append((char) stream)
                .append(payload)
                .toString();
    }

    private static String literal(String text) {
        return Hpack.integer(text.length()) + text;
    }

    private static int hex(String text) {
        return Integer.parseInt(text, 16);
    }
}
