package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;
import java.util.Locale;

/** Draws a chart; its colours can be read on white and on black, because a page does not tell an image which it is. */
final class Svg {

    static final String INK = "#767c86";

    private static final String FAINT = "#767c8655";

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;
    private final String title;

    Svg(int width, int height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
        text(0, 16, "start", 14, INK, title);
    }

    static String color(Contender server) {
        return switch (server) {
            case BARE -> "#767c86";
            case BOCADILLO -> "#d9562b";
            case JAVALIN -> "#3d85c8";
            case SPRING -> "#4f9a3d";
            case EMBEDDED -> "#9a62c7";
            case NO_ACCEPTOR -> "#c2a11f";
            case TWO_SELECTORS -> "#1f9c9c";
            case FEW_THREADS -> "#8a5a3b";
            case VIRTUAL_THREADS -> "#c45a9b";
            case SMALL_BUFFERS -> "#5c6bc0";
            case SHORT_QUEUE -> "#a86a74";
            case NO_HEADER_CACHE -> "#6b8f23";
        };
    }

    /** The anchor is {@code start}, {@code middle} or {@code end}. */
    void text(double x, double y, String anchor, int size, String color, String text) {
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' font-size='%d' fill='%s'>%s</text>",
                x, y, anchor, size, color, text);
    }

    void bar(double x, double y, double width, double height, String color) {
        add("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='1.5' fill='%s'/>", x, y, width, height, color);
    }

    void gridLine(double x1, double y, double x2) {
        add("<path d='M%.1f %.1fH%.1f' stroke='%s'/>", x1, y, x2, FAINT);
    }

    void dashedLine(double x1, double y, double x2) {
        add("<path d='M%.1f %.1fH%.1f' stroke='%s' stroke-dasharray='4 3'/>", x1, y, x2, INK);
    }

    /** A line through points such as {@code "0,1 2,3"}. */
    void curve(String points, String color) {
        add(
                "<polyline points='%s' fill='none' stroke='%s' stroke-width='2.5' stroke-linejoin='round'/>",
                points, color);
    }

    void dot(double x, double y, String color) {
        add("<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/>", x, y, color);
    }

    private void add(String element, Object... values) {
        elements.append(String.format(Locale.ROOT, element, values).replace('\'', '"'))
                .append('\n');
    }

    @Override
    public String toString() {
        return String.format(
                                Locale.ROOT,
                                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img' aria-label='%s'"
                                        + " font-family='system-ui, sans-serif'>%n",
                                width,
                                height,
                                title)
                        .replace('\'', '"')
                + elements
                + "</svg>\n";
    }
}
