package io.bocadillo.badinputs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The raw text of a row, made steps.
 *
 * <table>
 * <caption>Macros; everything else is sent, its {@link Escapes} resolved</caption>
 * <tr><td>{@code <<N*X>>}</td><td>N times X</td></tr>
 * <tr><td>{@code <<LEN>>}</td><td>the number of bytes after the first blank line</td></tr>
 * <tr><td>{@code <<HOST>>}</td><td>host:port of the server</td></tr>
 * <tr><td>{@code <<SLEEP:ms>>}</td><td>a pause</td></tr>
 * <tr><td>{@code <<GZ:N>>}</td><td>N zero bytes, gzipped</td></tr>
 * <tr><td>{@code <<CHUNKS:k*X>>}</td><td>k chunks X of a chunked body</td></tr>
 * <tr><td>{@code <<HALFCLOSE>>}</td><td>the end of the client's direction</td></tr>
 * <tr><td>{@code <<WS:path|header|...>>}</td><td>a WebSocket handshake</td></tr>
 * <tr><td>{@code <<H2:flags|name=value|...>>}</td><td>the HTTP/2 preface and HEADERS on stream 1</td></tr>
 * <tr><td>{@code <<H2DATA:flags|X>>}</td><td>DATA on stream 1</td></tr>
 * </table>
 */
final class Script {

    private static final Pattern MACRO = Pattern.compile("<<((?:(?!<<|>>).)*)>>", Pattern.DOTALL);
    private static final Pattern REPEATED = Pattern.compile("(\\d+)\\*(.*)", Pattern.DOTALL);
    private static final String LENGTH_MARK = "\0LEN\0";

    private final String host;
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder sending = new StringBuilder();

    private Script(String host) {
        this.host = host;
    }

    static List<Step> parse(String raw, String host) {
        return new Script(host).parse(raw);
    }

    private List<Step> parse(String raw) {
        int position = 0;
        Matcher macro = MACRO.matcher(raw);
        while (macro.find()) {
            sending.append(Escapes.resolve(raw.substring(position, macro.start())));
            resolve(macro.group(1));
            position = macro.end();
        }
        sending.append(Escapes.resolve(raw.substring(position)));
        endSending();
        fillInLength();
        return steps;
    }

    private void resolve(String macro) {
        Matcher repeated = REPEATED.matcher(macro);
        if (repeated.matches()) {
            sending.append(Escapes.resolve(repeated.group(2)).repeat(Integer.parseInt(repeated.group(1))));
            return;
        }
        String name = macro.replaceFirst("(?s):.*", "");
        String argument = macro.replaceFirst("[^:]*:?", "");
        switch (name) {
            case "LEN" -> sending.append(LENGTH_MARK);
            case "HOST" -> sending.append(host);
            case "SLEEP" -> then(new Step.Pause(Long.parseLong(argument)));
            case "GZ" -> sending.append(gzippedZeros(Integer.parseInt(argument)));
            case "CHUNKS" -> sending.append(chunks(argument));
            case "HALFCLOSE" -> then(new Step.HalfClose());
            case "WS" -> then(upgrade(List.of(argument.split("\\|"))));
            case "H2" -> sending.append(Http2.request(List.of(argument.split("\\|"))));
            case "H2DATA" -> sending.append(Http2.data(argument));
            default -> throw new IllegalArgumentException("expected a macro, got '<<" + macro + ">>'");
        }
    }

    private void then(Step step) {
        endSending();
        steps.add(step);
    }

    private void endSending() {
        if (!sending.isEmpty()) {
            steps.add(new Step.Send(sending.toString()));
            sending.setLength(0);
        }
    }

    private void fillInLength() {
        int following = 0;
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof Step.Send send) {
                String octets = send.octets();
                if (octets.contains(LENGTH_MARK)) {
                    int length = octets.length() - (octets.indexOf("\r\n\r\n") + 4) + following;
                    steps.set(i, new Step.Send(octets.replace(LENGTH_MARK, Integer.toString(length))));
                }
                following += octets.length();
            }
        }
    }

    private static Step upgrade(List<String> pathAndHeaders) {
        return new Step.Upgrade(
                pathAndHeaders.get(0),
                pathAndHeaders.subList(1, pathAndHeaders.size()).stream()
                        .map(Escapes::resolve)
                        .toList());
    }

    private static String chunks(String argument) {
        Matcher repeated = REPEATED.matcher(argument);
        if (!repeated.matches()) {
            throw new IllegalArgumentException("expected k*X, got '" + argument + "'");
        }
        String content = Escapes.resolve(repeated.group(2));
        String chunk = Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
        return chunk.repeat(Integer.parseInt(repeated.group(1)));
    }

    private static String gzippedZeros(int count) {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(new byte[count]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Escapes.octets(gzipped.toByteArray());
    }
}
