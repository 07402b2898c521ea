package io.bocadillo.bench.server;

/**
 * The connections that a server has seen since it started.
 *
 * @param starved those that were closed after one answer at most
 */
public record Connections(long opened, long closed, long starved) {

    /** Reads what {@link #toString()} writes. */
    public static Connections parse(String line) {
        String[] numbers = line.split(" ");
        return new Connections(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    public long open() {
        return opened - closed;
    }

    public Connections since(Connections before) {
        return new Connections(opened - before.opened, closed - before.closed, starved - before.starved);
    }

    @Override
    public String toString() {
        return opened + " " + closed + " " + starved;
    }
}
