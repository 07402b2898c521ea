package io.bocadillo.bench.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A contender in a process of its own: says its port, then answers each line of input with one of output, and ends when
 * its input does.
 */
public final class ServerMain {

    /** Asks for the bytes that are in use after a collection. */
    public static final String MEMORY = "memory";

    /** Asks for {@link Connections}. */
    public static final String CONNECTIONS = "connections";

    /** What the first one frees may hold what the next ones free. */
    private static final int COLLECTIONS = 3;

    private ServerMain() {}

    /** Takes the name of the contender, the number of middleware, and {@code platform} or {@code virtual} threads. */
    public static void main(String[] args) throws Exception {
        Contender contender = Contender.valueOf(args[0].toUpperCase(Locale.ROOT));
        ConnectionCount count = new ConnectionCount();
        System.out.println(contender.start(Integer.parseInt(args[1]), args[2].equals("virtual"), count));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(line.equals(CONNECTIONS) ? count.now() : usedBytes());
        }
        System.exit(0);
    }

    /** Of direct buffers, and of the heap when the collection ended: afterwards a thread has taken room for more. */
    private static long usedBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .reduce(heap, Long::sum);
    }
}
