package io.bocadillo.war;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A server as one downloads it; started on a base directory of its own, it is not written to. */
interface Distribution {

    /** Prepares an empty base directory with a WAR deployed under the context path {@code /name}. */
    void deploy(Path war, String name, Path base) throws IOException;

    /** Begins the process that serves that base directory at a free port of 127.0.0.1. */
    ProcessBuilder process(Path base);

    /** The log line that tells the port, as its first group. */
    Pattern listening();

    /** The log line after which every application is there. */
    Pattern started();

    /** The log line of an orderly end. */
    Pattern stopped();
}
