package io.bocadillo.load;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client, which runs races one after the other, on the same connection as long as that is left open. */
final class Racer implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("t[0-9]{" + (Race.TOKEN_LENGTH - 1) + "}");

    private final ChildServer server;
    private final Map<String, Integer> statuses;
    private final Queue<String> complaints;
    private final Queue<String> lost;
    private Wire wire;

    /**
     * Makes a client that has not connected yet.
     *
     * @param statuses by token, of the answers that came whole
     * @param lost answers that did not come although nothing kept them
     */
    Racer(ChildServer server, Map<String, Integer> statuses, Queue<String> complaints, Queue<String> lost) {
        this.server = server;
        this.statuses = statuses;
        this.complaints = complaints;
        this.lost = lost;
    }

    void run(Race race, String token) throws IOException {
        boolean fresh = wire == null;
        wire = fresh ? server.connect() : wire;
        Answer answer = null;
        try {
            answer = race.run(wire, token);
            if (answer != null) {
                statuses.put(token, answer.status());
                check(race, token, answer);
            }
        } catch (ProtocolException malformed) {
            complaints.add(race + " " + token + ": " + malformed.getMessage());
        } catch (IOException brokenOff) {
            // A server may close a connection that it has left open, after an answer that it could not end well.
            if (fresh && race == Race.VIEW_AND_TIMEOUT) {
                lost.add(race + " " + token + ": " + brokenOff);
            }
        }
        if (answer == null || "close".equals(answer.header("Connection"))) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }

    private void check(Race race, String token, Answer answer) {
        Matcher found = TOKEN.matcher(answer.toString());
        boolean own = false;
        while (found.find()) {
            own = true;
            if (!found.group().equals(token)) {
                complaints.add(race + " " + token + ": the answer of another, " + answer);
                return;
            }
        }
        boolean empty = answer.body().length == 0;
        if (answer.status() == 200 && !own && !empty) {
            complaints.add(race + " " + token + ": not its answer, " + answer);
        }
    }
}
