package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens at the same time at the end of an exchange, it ends once, and nobody gets the answer of another. */
@Tag("load")
class EndRacesLoad {

    private static final int ROUNDS = 10_000;
    private static final int CLIENTS = 32;
    private static final int PATIENCE_SECONDS = 10;

    /**
     * Tomcat uses its objects again, without a word to the app, when a read event meets a write that fails on a thread of
     * the app; that write may then break off the exchange of somebody else.
     */
    private static final int LOST_BY_TOMCAT = 3;

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void endEachExchangeOnceWithItsOwnAnswer(Container container) throws Exception {
        Map<String, Integer> statuses = new ConcurrentHashMap<>();
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        Queue<String> lost = new ConcurrentLinkedQueue<>();
        try (ChildServer server = ChildServer.start(container, RaceApp.class, "-Xmx256m")) {
            race(server, statuses, complaints, lost);
            Await.until("open exchanges", PATIENCE_SECONDS, server::openExchanges, count -> count == 0);
            int met = checkEnds(server.ask("/ends"), container, statuses, complaints);
            System.out.println(container + ": " + counts(statuses));
            Figure.END_RACES.is(
                    container,
                    met + " ended once, " + complaints.size() + " otherwise, " + lost.size() + " answers lost");

            assertThat(complaints).isEmpty();
            assertThat(lost).hasSizeLessThanOrEqualTo(isTomcat(container) ? LOST_BY_TOMCAT : 0);
            assertThat(server.errors())
                    .filteredOn(line -> !line.contains("expected its stream to end well"))
                    .filteredOn(line -> !isTomcat(container) || !line.contains("Error reading request, ignored"))
                    .isEmpty();
        }
    }

    private static boolean isTomcat(Container container) {
        return container == Container.TOMCAT_10 || container == Container.TOMCAT_11;
    }

    private static void race(
            ChildServer server, Map<String, Integer> statuses, Queue<String> complaints, Queue<String> lost)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> racers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            racers.add(threads.submit(() -> {
                try (Racer racer = new Racer(server, statuses, complaints, lost)) {
                    for (int round = next.getAndIncrement(); round < ROUNDS; round = next.getAndIncrement()) {
                        racer.run(race(round), token(round));
                    }
                }
                return null;
            }));
        }
        for (Future<?> racer : racers) {
            racer.get();
        }
        threads.shutdown();
    }

    /** How many exchanges there were; a reset may come before the server knows of a request. */
    private static int checkEnds(
            String ends, Container container, Map<String, Integer> statuses, Queue<String> complaints) {
        List<String> lines = ends.lines().toList();
        for (String line : lines) {
            String[] cells = line.split(" ");
            int background = Integer.parseInt(cells[1]);
            int disconnects = Integer.parseInt(cells[2]);
            Integer status = statuses.get(cells[0]);
            boolean once = background <= 1 && disconnects <= 1;
            // What a stream has given before it fails may not have gone out yet: then the broken answer is a whole 500.
            boolean asSeen = status == null
                    || status == 500
                    || background == (status == 200 ? 1 : 0)
                            && (disconnects == 0 || mayBreakOffAfterAnswer(container, race(cells[0])));
            if (!once || !asSeen) {
                complaints.add(race(cells[0]) + " " + line + ": ended otherwise than " + status + " says");
            }
        }
        return lines.size();
    }

    /** Tomcat 11 closes the body with the last byte of the answer (Servlet 6.1, section 5.7), and then the connection. */
    private static boolean mayBreakOffAfterAnswer(Container container, Race race) {
        return container == Container.TOMCAT_11 && race == Race.LATE_BODY_AND_ANSWER;
    }

    private static Map<Integer, Long> counts(Map<String, Integer> statuses) {
        return statuses.values().stream()
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    }

    private static Race race(int round) {
        return Race.values()[round % Race.values().length];
    }

    private static Race race(String token) {
        return race(Integer.parseInt(token.substring(1)));
    }

    private static String token(int round) {
        return String.format("t%0" + (Race.TOKEN_LENGTH - 1) + "d", round);
    }
}
