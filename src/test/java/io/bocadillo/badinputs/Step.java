package io.bocadillo.badinputs;

import java.util.List;

/** One thing that a client does on its connection; octets are written as Latin-1 characters. */
sealed interface Step {

    record Send(String octets) implements Step {}

    record Pause(long millis) implements Step {}

    /** Ends the client's direction, and leaves the other open. */
    record HalfClose() implements Step {}

    /** Opens a WebSocket, and goes on once the server has agreed. */
    record Upgrade(String path, List<String> headers) implements Step {}
}
