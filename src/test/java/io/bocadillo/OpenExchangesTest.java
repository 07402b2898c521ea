package io.bocadillo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenExchangesTest {

    private static final int ROUNDS = 20_000;

    private final OpenExchanges open = new OpenExchanges();

    @Test
    void nothingOpenIsDrainedAtOnce() {
        assertThat(open.drain()).isCompleted();
        open.opened();
        open.closed();
        assertThat(open.drain()).isCompleted();
    }

    @Test
    void everyDrainIsCompleteWhenTheLastOneCloses() {
        open.opened();
        open.opened();
        CompletableFuture<Void> first = open.drain();
        CompletableFuture<Void> second = open.drain();
        open.closed();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        open.closed();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(open.count()).isZero();
    }

    @Test
    void whatOpensWhileItDrainsIsWaitedForToo() {
        open.opened();
        CompletableFuture<Void> drained = open.drain();
        open.opened();
        open.closed();
        assertThat(drained).isNotDone();
        open.closed();
        assertThat(drained).isCompleted();
        open.opened();
        CompletableFuture<Void> later = open.drain();
        assertThat(later).isNotDone();
        open.closed();
        assertThat(later).isCompleted();
    }

    @Test
    void aDrainThatNobodyWaitsForAnyMoreDisturbsNoOther() {
        open.opened();
        CompletableFuture<Void> given = open.drain();
        CompletableFuture<Void> kept = open.drain();
        given.cancel(false);
        open.closed();
        assertThat(kept).isCompleted();
    }

    @Test
    void whatIsEndlessIsToldOnceItDrains() {
        AtomicInteger ends = new AtomicInteger();
        Runnable first = ends::incrementAndGet;
        Runnable gone = ends::incrementAndGet;
        open.whenDraining(first);
        open.whenDraining(gone);
        open.hasEnded(gone);
        open.drain();
        assertThat(ends).hasValue(1);
        open.whenDraining(ends::incrementAndGet);
        assertThat(ends).hasValue(2);
    }

    @Test
    void whateverRacesADrainIsCompleteWhenNothingIsOpenAndNotBefore() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OpenExchanges exchanges = new OpenExchanges();
            exchanges.opened();
            AtomicBoolean closing = new AtomicBoolean();
            CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20; i++) {
                    exchanges.opened();
                    exchanges.closed();
                }
            });
            CompletableFuture<Boolean> drained = exchanges.drain().thenApply(nothing -> closing.get());
            others.join();
            assertThat(drained).isNotDone();
            closing.set(true);
            exchanges.closed();
            assertThat(drained).succeedsWithin(10, SECONDS).isEqualTo(true);
        }
    }
}
