package io.bocadillo;

/** Something to do that may fail: the body of a startup or shutdown event. */
@FunctionalInterface
public interface Task {

    /**
     * Does it, on the calling thread.
     *
     * @throws Exception any failure
     */
    void run() throws Exception;
}
