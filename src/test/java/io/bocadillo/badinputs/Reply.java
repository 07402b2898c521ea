package io.bocadillo.badinputs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that came back on a connection.
 *
 * @param octets as Latin-1 characters
 * @param closed whether the server has closed or reset the connection
 * @param millis from the first byte sent to the last one received, or to the close
 */
record Reply(Protocol protocol, String octets, boolean closed, long millis) {

    enum Protocol {
        HTTP_1,
        HTTP_2,
        WEB_SOCKET
    }

    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*\\r?\\n(?:[^\\r\\n]*\\r?\\n)*?\\r?\\n");
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked");

    /** A status for each answer; {@code close} when the server closed without one, {@code none} when it did nothing. */
    List<String> statuses() {
        List<String> statuses = switch (protocol) {
            case HTTP_1 -> finalHeads().map(head -> head.group(1)).toList();
            case HTTP_2 -> Http2.statuses(octets);
            case WEB_SOCKET -> WebSocketFrames.statuses(octets);
        };
        if (!statuses.isEmpty()) {
            return statuses;
        }
        return List.of(closed ? "close" : protocol == Protocol.WEB_SOCKET ? "ws:open" : "none");
    }

    /** Status lines and headers of all answers, interim ones too. */
    String heads() {
        return protocol == Protocol.HTTP_1
                ? HEAD.matcher(octets).results().map(MatchResult::group).collect(Collectors.joining())
                : "";
    }

    /** Whether the first answer has come to its end. */
    boolean isWhole() {
        return switch (protocol) {
            case HTTP_1 -> finalHeads().findFirst().filter(this::isWhole).isPresent();
            case HTTP_2 -> !Http2.statuses(octets).isEmpty();
            case WEB_SOCKET -> WebSocketFrames.statuses(octets).stream().anyMatch(status -> !status.equals("ws:msg"));
        };
    }

    private boolean isWhole(MatchResult head) {
        if (head.group(1).matches("204|304")) {
            return true;
        }
        String body = octets.substring(head.end());
        if (CHUNKED.matcher(head.group()).find()) {
            return body.startsWith("0\r\n") || body.contains("\r\n0\r\n");
        }
        Matcher length = CONTENT_LENGTH.matcher(head.group());
        return length.find() && body.length() >= Integer.parseInt(length.group(1));
    }

    private Stream<MatchResult> finalHeads() {
        return HEAD.matcher(octets).results().filter(head -> !head.group(1).equals("100"));
    }

    @Override
    public String toString() {
        String shown = octets.length() > 1000 ? octets.substring(0, 1000) + "..." : octets;
        return statuses() + (closed ? " closed" : " open") + " after " + millis + " ms\n" + shown;
    }
}
