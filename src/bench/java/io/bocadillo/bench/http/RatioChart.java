package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;
import java.util.List;
import java.util.Locale;

/** Bars that say how fast each server is, relative to the bare servlet, endpoint by endpoint. */
final class RatioChart {

    private static final int WIDTH = 760;
    private static final int TOP = 58;
    private static final int LEFT = 34;
    private static final int BAR_AREA = 220;
    private static final int HEIGHT = TOP + BAR_AREA + 40;
    private static final double GRID = 0.25;

    private final Results results;
    private final List<Contender> servers;
    private final List<Case> cases;
    private final double highest;

    private RatioChart(Results results, int connections) {
        this.results = results;
        this.servers = results.servers().stream()
                .filter(server -> server != Contender.BARE)
                .toList();
        this.cases = results.cases(connections);
        this.highest = cases.stream()
                .flatMapToDouble(in -> servers.stream().mapToDouble(server -> ratio(in, server)))
                .filter(Double::isFinite)
                .reduce(1.1, Math::max);
    }

    static String of(Results results, int connections) {
        return new RatioChart(results, connections)
                .draw(String.format(
                        Locale.ROOT, "Answers per second relative to a bare servlet, %,d connections", connections));
    }

    private String draw(String title) {
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        for (int i = 0; i < servers.size(); i++) {
            svg.bar(LEFT + i * 100, 28, 10, 10, Svg.color(servers.get(i)));
            svg.text(
                    LEFT + i * 100 + 15,
                    37,
                    "start",
                    12,
                    Svg.INK,
                    servers.get(i).toString());
        }
        for (int line = 0; line * GRID <= highest; line++) {
            double ratio = line * GRID;
            if (ratio != 1) {
                svg.gridLine(LEFT, y(ratio), WIDTH);
            }
            svg.text(LEFT - 5, y(ratio) + 4, "end", 11, Svg.INK, String.valueOf(ratio));
        }
        double group = (WIDTH - LEFT) / (double) cases.size();
        for (int i = 0; i < cases.size(); i++) {
            group(svg, cases.get(i), LEFT + i * group, group);
        }
        svg.dashedLine(LEFT, y(1), WIDTH);
        return svg.toString();
    }

    private void group(Svg svg, Case in, double left, double width) {
        double bar = Math.min(34, 0.86 * width / servers.size());
        double start = left + (width - bar * servers.size()) / 2;
        for (int i = 0; i < servers.size(); i++) {
            double ratio = ratio(in, servers.get(i));
            if (Double.isFinite(ratio)) {
                bar(svg, start + i * bar, bar, ratio, Svg.color(servers.get(i)));
            }
        }
        svg.text(
                left + width / 2,
                y(0) + 16,
                "middle",
                12,
                Svg.INK,
                in.endpoint().toString());
        if (in.middleware() > 0) {
            svg.text(left + width / 2, y(0) + 30, "middle", 10, Svg.INK, in.middleware() + " middleware");
        }
    }

    private void bar(Svg svg, double left, double width, double ratio, String color) {
        svg.bar(left + 1, y(ratio), width - 2, y(0) - y(ratio), color);
        svg.text(left + width / 2, y(ratio) - 3, "middle", 9, Svg.INK, String.format(Locale.ROOT, "%.2f", ratio));
    }

    private double ratio(Case in, Contender server) {
        return results.ratio(in, server, Contender.BARE).median();
    }

    private double y(double ratio) {
        return TOP + BAR_AREA * (1 - ratio / highest);
    }
}
