package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@InEveryContainer
class EventQueuesParityIT {

    /** More events than the buffers between server and client hold. */
    private static final int COUNT = 400;

    @Parameter
    Site site;

    @Test
    void whoWaitsSendsAsFastAsTheClientTakes() throws Exception {
        try (Wire wire = ask("waiting", "held-up")) {
            long sent = Eventually.still(
                    () -> Long.parseLong(site.ask("GET /sent-events/held-up").text()));
            assertThat(sent).isPositive().isLessThan(COUNT);
            wire.widen();
            assertThat(numbers(wire.read()))
                    .isEqualTo(IntStream.range(0, COUNT).boxed().toList());
            site.expectInStep(wire);
        }
        expectReport("held-up", "all sent");
        expectReport("held-up-close", "close");
        Eventually.noneOpen(site);
    }

    @Test
    void whoWaitsForAClientThatGoesIsToldSo() throws Exception {
        try (Wire wire = ask("waiting", "left")) {
            wire.reset();
        }
        expectReport("left", "ClientDisconnect");
        expectReport("left-close", "close");
        expectReport("left-disconnect", "disconnect");
        Eventually.noneOpen(site);
    }

    @Test
    void aReaderThatComesBackLaterGetsTheNewestEvents() throws Exception {
        try (Wire wire = ask("drop-oldest", "gap")) {
            expectReport("gap", "all sent");
            wire.widen();
            List<Integer> numbers = numbers(wire.read());
            assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(0).hasSizeLessThan(COUNT);
            assertThat(numbers)
                    .endsWith(IntStream.range(COUNT - EventViews.CAPACITY, COUNT)
                            .boxed()
                            .toArray(Integer[]::new));
            site.expectInStep(wire);
        }
        expectReport("gap-close", "close");
        Eventually.noneOpen(site);
    }

    @Test
    void aClientThatIsTooSlowIsDisconnected() throws Exception {
        long mark = site.mark();
        try (Wire wire = ask("close-when-full", "slow")) {
            expectReport("slow", "ClientDisconnect");
            expectReport("slow-close", "close");
            expectReport("slow-disconnect", "disconnect");
            // After another status, or an end in good order, it would not come back with its last id.
            assertThat(wire.readUntil("\r\n")).startsWith("HTTP/1.1 200");
            assertThatIOException()
                    .isThrownBy(() -> wire.readUntil("\r\n0\r\n\r\n"))
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        assertThat(site.errors(mark)).isEmpty();
        Eventually.noneOpen(site);
    }

    /** A client that does not read what comes. */
    private Wire ask(String queue, String token) throws IOException {
        Wire wire = Wire.withSmallWindow(site.server().port());
        wire.send(site.head("GET /many-events/" + queue + "/" + token + "/" + COUNT));
        assertThat(wire.hasSomethingWithin(30_000)).isTrue();
        return wire;
    }

    private void expectReport(String token, String report) throws IOException {
        assertThat(site.ask("GET /report/" + token).text()).isEqualTo(report);
    }

    private static List<Integer> numbers(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Integer.valueOf(line.substring(6, line.indexOf(' ', 6))))
                .toList();
    }
}
