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
    private static final double HIGHEST = 1.1;

    private RatioChart() {}

    static String of(Results results, int connections) {
        List<Contender> servers = results.servers().stream()
                .filter(server -> server != Contender.BARE)
                .toList();
        Svg svg = new Svg(
                WIDTH,
                HEIGHT,
                String.format(
                        Locale.ROOT, "Answers per second relative to a bare servlet, %,d connections", connections));
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
        for (double ratio : List.of(0.0, 0.25, 0.5, 0.75)) {
            svg.gridLine(LEFT, y(ratio), WIDTH);
            svg.text(LEFT - 5, y(ratio) + 4, "end", 11, Svg.INK, String.valueOf(ratio));
        }
        List<Case> cases = results.cases(connections);
        double group = (WIDTH - LEFT) / (double) cases.size();
        for (int i = 0; i < cases.size(); i++) {
            group(svg, results, cases.get(i), servers, LEFT + i * group, group);
        }
        svg.dashedLine(LEFT, y(1), WIDTH);
        svg.text(LEFT - 5, y(1) + 4, "end", 11, Svg.INK, "1.0");
        return svg.toString();
    }

    private static void group(Svg svg, Results results, Case in, List<Contender> servers, double left, double width) {
        double bar = Math.min(34, 0.86 * width / servers.size());
        double start = left + (width - bar * servers.size()) / 2;
        for (int i = 0; i < servers.size(); i++) {
            double ratio = results.ratio(in, servers.get(i), Contender.BARE).median();
            double top = y(Math.min(HIGHEST, ratio));
            svg.bar(start + i * bar + 1, top, bar - 2, y(0) - top, Svg.color(servers.get(i)));
            svg.text(
                    start + i * bar + bar / 2,
                    top - 3,
                    "middle",
                    9,
                    Svg.INK,
                    String.format(Locale.ROOT, "%.2f", ratio));
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

    private static double y(double ratio) {
        return TOP + BAR_AREA * (1 - ratio / HIGHEST);
    }
}
