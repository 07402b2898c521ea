package io.bocadillo;

/**
 * Something to do that may fail: a startup or shutdown event, a background task, what follows when a client goes or a
 * stream of events ends.
 */
@FunctionalInterface
public interface Task {

    /**
     * Does it, on the calling thread.
     *
     * @throws Exception any failure; what becomes of it is said where the task is given
     */
    void run() throws Exception;
}
