package io.bocadillo.bench.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A contender in a process of its own: says its port, then for each line of input what memory is in use after a
 * collection, and ends when its input does.
 */
public final class ServerMain {

    /** What the first one frees may hold what the next ones free. */
    private static final int COLLECTIONS = 3;

    private ServerMain() {}

    /** Takes the name of the contender, the number of middleware, and {@code platform} or {@code virtual} threads. */
    public static void main(String[] args) throws Exception {
        Contender contender = Contender.valueOf(args[0].toUpperCase(Locale.ROOT));
        System.out.println(contender.start(Integer.parseInt(args[1]), args[2].equals("virtual")));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (input.readLine() != null) {
            System.out.println(usedBytes());
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
