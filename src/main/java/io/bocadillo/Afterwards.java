package io.bocadillo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a response still owes when it has gone out: the clean-up if its client has gone, and background tasks. */
final class Afterwards {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final List<Task> background = new ArrayList<>(1);
    private final List<Task> onDisconnect;
    private final List<Answer> replaced = new ArrayList<>(1);

    Afterwards() {
        this(new CopyOnWriteArrayList<>());
    }

    private Afterwards(List<Task> onDisconnect) {
        this.onDisconnect = onDisconnect;
    }

    /** What is still owed when another response goes out in the place of the first, which somebody late may hold. */
    Afterwards successor() {
        return new Afterwards(onDisconnect);
    }

    void background(Task task) {
        background.add(task);
    }

    void onDisconnect(Task task) {
        onDisconnect.add(task);
    }

    /** An answer in the place of which there is another one, which may be made of it. */
    void replaced(Answer answer) {
        replaced.add(answer);
    }

    /** Lets go of the sources of replaced answers that nobody has subscribed to. */
    void discardReplaced() {
        replaced.forEach(Answer::discard);
    }

    /** An error takes the tasks back with the answer; a client can go at any time. */
    void forgetBackground() {
        background.clear();
    }

    boolean isEmpty(boolean disconnected) {
        return background.isEmpty() && !(disconnected && !onDisconnect.isEmpty());
    }

    /** Runs them on a thread of the server; completes when the last one has run. */
    CompletableFuture<Void> runOn(Executor server, Request req, boolean disconnected) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        server.execute(() -> run(req, disconnected, () -> done.complete(null)));
        return done;
    }

    /**
     * Runs them one after the other, and {@code last} after them: clean-up on this thread, background tasks where they
     * may wait for those that wait for clients. A failure is logged and keeps none of the others.
     */
    private void run(Request req, boolean disconnected, Runnable last) {
        if (disconnected) {
            onDisconnect.forEach(task -> run(task, req, "onDisconnect"));
        }
        if (background.isEmpty()) {
            last.run();
            return;
        }
        req.dispatcher().threads().runAnyway(() -> {
            background.forEach(task -> run(task, req, "background task"));
            last.run();
        });
    }

    private static void run(Task task, Request req, String what) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("{}: {} failed", req, what, failure);
        }
    }
}
