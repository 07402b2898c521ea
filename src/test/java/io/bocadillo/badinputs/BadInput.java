package io.bocadillo.badinputs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row of the list.
 *
 * @param raw see {@link Script}
 * @param expect see {@link Expectation}
 * @param why the rule or the vulnerability behind it
 */
record BadInput(String id, String area, String raw, String expect, String why) {

    private static final String LIST = "/badinputs/bad_inputs.jsonl";

    static List<BadInput> all() {
        JsonMapper json = new JsonMapper();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(BadInput.class.getResourceAsStream(LIST)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> json.readValue(line, BadInput.class))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Expectation expectation() {
        return new Expectation(expect);
    }

    @Override
    public String toString() {
        return id + " " + area + ": " + why;
    }
}
