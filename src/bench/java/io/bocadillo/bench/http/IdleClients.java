package io.bocadillo.bench.http;

import io.bocadillo.bench.MarkdownTable;
import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a client costs in memory that has got answers, and keeps its connection for the next one. */
public final class IdleClients {

    private static final int ROUNDS = 3;

    /** As many are there before the count begins, so that what the first ones bring about is not counted. */
    private static final int EARLIER_CLIENTS = 200;

    /** What a connection remembers of its requests, Jetty makes room for at the second one. */
    private static final int REQUESTS = 2;

    private static final byte[] REQUEST =
            "GET /plaintext HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private IdleClients() {}

    /** Measures each server in processes of its own, prints the table, and writes it into a folder. */
    public static void run(Path folder) throws IOException {
        int clients = Options.idleConnections();
        new Machine().shortcomings(clients, 1).forEach(System.out::println);
        MarkdownTable table = new MarkdownTable(List.of("server", "live bytes for each", "relative to bare"));
        double bare = Double.NaN;
        for (Contender server : Options.servers()) {
            List<Double> costs = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                costs.add(cost(server, clients));
            }
            Spread live = Spread.of(costs.stream().mapToDouble(Double::doubleValue));
            bare = server == Contender.BARE ? live.median() : bare;
            String ratio = Double.isNaN(bare) ? "" : String.format(Locale.ROOT, "%.3f", live.median() / bare);
            table.row(List.of(server.toString(), live.format(0), ratio));
        }
        String text = String.format(
                Locale.ROOT,
                "# %,d idle clients%n%nThe median of %d processes, with the least and the most:%n%n%s",
                clients,
                ROUNDS,
                table);
        System.out.println(text);
        Files.writeString(folder.resolve("idle.md"), text);
    }

    private static double cost(Contender contender, int clients) throws IOException {
        List<SocketChannel> open = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(contender, 0)) {
            connect(server, EARLIER_CLIENTS, open);
            double live = server.usedBytes();
            connect(server, clients, open);
            return (server.usedBytes() - live) / clients;
        } finally {
            for (SocketChannel each : open) {
                each.close();
            }
        }
    }

    private static void connect(ServerProcess server, int clients, List<SocketChannel> open) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(1024);
        for (int i = 0; i < clients; i++) {
            SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
            open.add(client);
            for (int j = 0; j < REQUESTS; j++) {
                client.write(ByteBuffer.wrap(REQUEST));
                if (client.read(answer.clear()) <= 0) {
                    throw new IOException("idle client: expected an answer, got the end of the connection.");
                }
            }
        }
    }
}
