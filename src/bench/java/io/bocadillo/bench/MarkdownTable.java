package io.bocadillo.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of Markdown whose first column is text and whose others are numbers. */
public final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();

    public MarkdownTable(List<String> heads) {
        row(heads);
        lines.add("|---" + String.join("", Collections.nCopies(heads.size() - 1, "|---:")) + "|");
    }

    public void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
