package io.bocadillo.load;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What may end an exchange, two at a time, from the client's side; each returns the answer, or null if it saw no whole one. */
enum Race {
    VIEW_AND_TIMEOUT {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            return wire.send(get("/late/" + token + "?micros=" + aroundTheTimeout()))
                    .read();
        }
    },
    ERROR_AND_TIMEOUT {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            return wire.send(get("/failed/" + token + "?micros=" + aroundTheTimeout()))
                    .read();
        }
    },
    LARGE_ANSWER_AND_TIMEOUT {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            return wire.send(get("/large/" + token + "?micros=" + aroundTheTimeout()))
                    .read();
        }
    },
    VIEW_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(get("/late/" + token + "?micros=" + random(3000)));
            return resetAfter(wire, random(3000));
        }
    },
    TIMEOUT_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(get("/late/" + token + "?micros=100000"));
            return resetAfter(wire, aroundTheTimeout());
        }
    },
    LARGE_ANSWER_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(get("/large/" + token + "?micros=" + random(2000)));
            return resetAfter(wire, random(3000));
        }
    },
    STREAM_AND_ITS_ERROR {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            return wire.send(get("/stream/" + token + "?fails=true&pieces=" + random(6)))
                    .read();
        }
    },
    STREAM_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(get("/stream/" + token + "?fails=" + (random(2) == 0) + "&pieces=90"));
            return resetAfter(wire, random(2000));
        }
    },
    STREAM_AND_ITS_END {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            return wire.send(get("/stream/" + token + "?fails=false&pieces=" + random(20)))
                    .read();
        }
    },
    EVENTS_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(get("/feed/" + token + "?pieces=5"));
            return resetAfter(wire, random(8000));
        }
    },
    EVENTS_AND_THEIR_END {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            return wire.send(get("/feed/" + token + "?pieces=" + (1 + random(3))))
                    .read();
        }
    },
    LATE_BODY_AND_TIMEOUT {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(post("/echo/" + token) + token.charAt(0));
            pause(aroundTheTimeout());
            return wire.send(token.substring(1)).read();
        }
    },
    LATE_BODY_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(post("/echo/" + token) + token.charAt(0));
            return resetAfter(wire, random(2) == 0 ? aroundTheTimeout() : random(2000));
        }
    },
    LATE_BODY_AND_ANSWER {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(post("/early/" + token + "?micros=" + random(3000)) + token.charAt(0));
            pause(random(3000));
            return wire.send(token.substring(1)).read();
        }
    },
    LATE_BODY_ANSWER_AND_RESET {
        @Override
        Answer run(Wire wire, String token) throws IOException {
            wire.send(post("/early/" + token + "?micros=" + random(2000)) + token.charAt(0));
            return resetAfter(wire, random(3000));
        }
    };

    /** All tokens have that many characters. */
    static final int TOKEN_LENGTH = 12;

    private static final int JITTER_MICROS = 3000;

    abstract Answer run(Wire wire, String token) throws IOException;

    private static Answer resetAfter(Wire wire, long micros) throws IOException {
        pause(micros);
        wire.reset();
        return null;
    }

    private static void pause(long micros) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    private static long aroundTheTimeout() {
        return TimeUnit.MILLISECONDS.toMicros(RaceApp.TIMEOUT_MILLIS) - JITTER_MICROS + random(2 * JITTER_MICROS);
    }

    private static long random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private static byte[] get(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String post(String target) {
        return "POST " + target + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + TOKEN_LENGTH + "\r\n\r\n";
    }
}
