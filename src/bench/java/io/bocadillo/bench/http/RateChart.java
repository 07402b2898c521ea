package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Curves that say how many answers per second each server gives to more and more clients: plaintext. */
final class RateChart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 330;
    private static final int TOP = 40;
    private static final int BOTTOM = HEIGHT - 45;
    private static final int LEFT = 50;
    private static final int RIGHT = WIDTH - 85;
    private static final int LABEL_HEIGHT = 15;
    private static final int GRID_LINES = 4;

    private final Results results;
    private final List<Case> cases;
    private final double highest;

    private RateChart(Results results) {
        this.results = results;
        this.cases = results.plaintext();
        double most = cases.stream()
                .flatMapToDouble(in -> results.servers().stream().mapToDouble(server -> rate(in, server)))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double step = Math.pow(10, Math.floor(Math.log10(most)));
        this.highest = Math.ceil(most / step) * step;
    }

    static String of(Results results) {
        return new RateChart(results).draw();
    }

    private String draw() {
        Svg svg = new Svg(WIDTH, HEIGHT, "Answers per second, plaintext, by connections");
        for (int i = 0; i <= GRID_LINES; i++) {
            double rate = highest * i / GRID_LINES;
            svg.gridLine(LEFT, y(rate), RIGHT);
            svg.text(LEFT - 6, y(rate) + 4, "end", 11, Svg.INK, String.format(Locale.ROOT, "%,.0f", rate));
        }
        for (Case in : cases) {
            String connections = String.format(Locale.ROOT, "%,d", in.connections());
            svg.text(x(in), BOTTOM + 18, "middle", 11, Svg.INK, connections);
        }
        svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 36, "middle", 11, Svg.INK, "connections");
        for (Contender server : results.servers()) {
            StringJoiner points = new StringJoiner(" ");
            for (Case in : answeredBy(server)) {
                points.add(String.format(Locale.ROOT, "%.1f,%.1f", x(in), y(rate(in, server))));
                svg.dot(x(in), y(rate(in, server)), Svg.color(server));
            }
            svg.curve(points.toString(), Svg.color(server));
        }
        labels(svg);
        return svg.toString();
    }

    /** Beside the ends of the curves, moved apart where these meet. */
    private void labels(Svg svg) {
        Case last = cases.get(cases.size() - 1);
        List<Contender> fastestFirst = new ArrayList<>(results.servers());
        fastestFirst.removeIf(server -> !answeredBy(server).contains(last));
        fastestFirst.sort(Comparator.comparingDouble(server -> -rate(last, server)));
        double free = TOP;
        for (Contender server : fastestFirst) {
            double y = Math.max(free, y(rate(last, server)));
            svg.text(RIGHT + 9, y + 4, "start", 12, Svg.color(server), server.toString());
            free = y + LABEL_HEIGHT;
        }
    }

    private List<Case> answeredBy(Contender server) {
        return cases.stream().filter(in -> Double.isFinite(rate(in, server))).toList();
    }

    private double rate(Case in, Contender server) {
        return results.spread(in, server, Run::rate).median();
    }

    /** On a logarithmic scale. */
    private double x(Case in) {
        double first = Math.log(cases.get(0).connections());
        double last = Math.log(cases.get(cases.size() - 1).connections());
        double share = last == first ? 0 : (Math.log(in.connections()) - first) / (last - first);
        return LEFT + 20 + share * (RIGHT - LEFT - 40);
    }

    private double y(double rate) {
        return BOTTOM - (BOTTOM - TOP) * rate / highest;
    }
}
