package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table of a page that is made from what the tests hold, between {@code <!-- name:begin -->} and {@code :end}. */
final class Table {

    private final List<String> rows = new ArrayList<>();

    Table(String... heads) {
        row(heads);
        rows.add("|" + "---|".repeat(heads.length));
    }

    void row(String... cells) {
        rows.add("| " + String.join(" | ", cells).replace("|  |", "| |").strip() + " |");
    }

    /** Compares it with the page, or rewrites the page; see {@link Fence#WRITE}. */
    void check(String page, String name) {
        Path file = Fence.ROOT.resolve(page);
        List<String> lines = new ArrayList<>(Fence.read(file));
        int begin = lines.indexOf("<!-- " + name + ":begin -->");
        int end = lines.indexOf("<!-- " + name + ":end -->");
        assertThat(begin).as("the line <!-- " + name + ":begin --> in " + page).isNotNegative();
        List<String> shown = lines.subList(begin + 1, end);
        if (!Fence.WRITE) {
            assertThat(shown)
                    .as(page + ": the table '" + name + "', which -Dsnippets.write=true rewrites")
                    .isEqualTo(rows);
            return;
        }
        shown.clear();
        shown.addAll(rows);
        try {
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
