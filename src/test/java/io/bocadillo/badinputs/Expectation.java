package io.bocadillo.badinputs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a row expects: clauses, separated by {@code "; "}.
 *
 * <table>
 * <caption>Clauses</caption>
 * <tr><td>{@code status=a|b}</td><td>the status of the first answer; also {@code close}: no answer but a closed
 *     connection, {@code ws:1002}: a close frame, {@code h2:rst}, {@code h2:goaway}</td></tr>
 * <tr><td>{@code last=200}</td><td>the status of the last answer</td></tr>
 * <tr><td>{@code n<=1}</td><td>the number of answers</td></tr>
 * <tr><td>{@code closed}</td><td>the server closes the connection, or says that it will</td></tr>
 * <tr><td>{@code head~RE head!~RE}</td><td>status lines and headers contain, or do not</td></tr>
 * <tr><td>{@code body~RE body!~RE}</td><td>all that came back contains, or does not</td></tr>
 * <tr><td>{@code size<=N}</td><td>the number of bytes that came back</td></tr>
 * <tr><td>{@code time<=MS}</td><td>how long it took</td></tr>
 * </table>
 *
 * <p>An answer 5xx is wrong unless the clauses name one.
 */
record Expectation(String text) {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.MULTILINE | Pattern.UNIX_LINES;
    private static final Pattern WILL_CLOSE = Pattern.compile("^connection:\\s*close", FLAGS);

    /** The clauses that do not hold; empty when all is well. */
    List<String> unmet(Reply reply) {
        List<String> unmet = new ArrayList<>(
                clauses().filter(Predicate.not(clause -> holds(clause, reply))).toList());
        if (reply.statuses().get(0).startsWith("5") && !allowsServerError()) {
            unmet.add("no 5xx");
        }
        return unmet;
    }

    /** Whether an answer 5xx is one of those expected, so that an error may be logged. */
    boolean allowsServerError() {
        return clauses().anyMatch(clause -> clause.matches("status=.*\\b5\\d\\d\\b.*"));
    }

    boolean asksForClose() {
        return clauses().anyMatch("closed"::equals);
    }

    /** Whether it matters what comes after the first answer. */
    boolean looksBeyondFirstAnswer() {
        return asksForClose() || Stream.of("n<=", "last=", "size<=").anyMatch(text::contains);
    }

    /** Whether the server has closed the connection or announced it, as a client sees it. */
    static boolean isClosed(Reply reply) {
        return reply.closed() || WILL_CLOSE.matcher(reply.heads()).find();
    }

    private Stream<String> clauses() {
        return Stream.of(text.split("; ")).map(String::strip).filter(clause -> !clause.isEmpty());
    }

    private static boolean holds(String clause, Reply reply) {
        List<String> statuses = reply.statuses();
        if (clause.equals("closed")) {
            return isClosed(reply);
        }
        String[] parts = clause.split("<=|!~|[=~]", 2);
        String operator = clause.substring(parts[0].length(), clause.length() - parts[1].length());
        return switch (parts[0] + operator) {
            case "status=" -> Stream.of(parts[1].split("\\|")).anyMatch(status -> isStatus(status, statuses));
            case "last=" -> statuses.get(statuses.size() - 1).equals(parts[1]);
            case "n<=" -> statuses.size() <= Integer.parseInt(parts[1]);
            case "head~" -> contains(reply.heads(), parts[1]);
            case "head!~" -> !contains(reply.heads(), parts[1]);
            case "body~" -> contains(reply.octets(), parts[1]);
            case "body!~" -> !contains(reply.octets(), parts[1]);
            case "size<=" -> reply.octets().length() <= Integer.parseInt(parts[1]);
            case "time<=" -> reply.millis() <= Integer.parseInt(parts[1]);
            default -> throw new IllegalArgumentException("expected a clause, got '" + clause + "'");
        };
    }

    private static boolean isStatus(String expected, List<String> statuses) {
        return expected.contains(":")
                ? statuses.contains(expected)
                : statuses.get(0).equals(expected);
    }

    private static boolean contains(String text, String regex) {
        return Pattern.compile(regex, FLAGS).matcher(text).find();
    }
}
