package io.bocadillo.badinputs;

import java.util.ArrayList;
import java.util.List;

/** The frames that a WebSocket server sends (RFC 6455, section 5.2). */
final class WebSocketFrames {

    private static final int CLOSE = 8;

    private WebSocketFrames() {}

    /** What they mean, in their order: {@code ws:1002} for a close frame of that code, {@code ws:msg} for any other. */
    static List<String> statuses(String octets) {
        List<String> statuses = new ArrayList<>();
        int i = 0;
        while (i + 2 <= octets.length()) {
            int opcode = octets.charAt(i) & 0xF;
            int marker = octets.charAt(i + 1) & 0x7F;
            int lengthOctets = marker == 126 ? 2 : marker == 127 ? 8 : 0;
            int payload = i + 2 + lengthOctets;
            if (payload > octets.length()) {
                break;
            }
            long length = lengthOctets == 0 ? marker : number(octets.substring(i + 2, payload));
            statuses.add(opcode == CLOSE ? closed(octets, payload, length) : "ws:msg");
            i = (int) Math.min(octets.length(), payload + length);
        }
        return statuses;
    }

    private static String closed(String octets, int payload, long length) {
        boolean hasCode = length >= 2 && payload + 2 <= octets.length();
        return "ws:" + (hasCode ? number(octets.substring(payload, payload + 2)) : 1005);
    }

    private static long number(String octets) {
        return octets.chars().asLongStream().reduce(0, (number, octet) -> number << 8 | octet);
    }
}
