package io.bocadillo;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a response still owes when it has gone out: the clean-up if its client has gone, and background tasks. */
final class Afterwards {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final List<Task> background = new ArrayList<>(1);
    private final List<Task> onDisconnect = new ArrayList<>(1);
    private final List<Answer> replaced = new ArrayList<>(1);

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

    /** Runs them one after the other, on this thread; a failure is logged and keeps none of the others. */
    void run(Request req, boolean disconnected) {
        if (disconnected) {
            onDisconnect.forEach(task -> run(task, req, "onDisconnect"));
        }
        background.forEach(task -> run(task, req, "background task"));
    }

    private static void run(Task task, Request req, String what) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("{}: {} failed", req, what, failure);
        }
    }
}
