package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.load.Figure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures in docs/reliability.md are measured by the load tests. */
class ReliabilityPageTest {

    @ParameterizedTest
    @EnumSource
    void everyFigureHasARow(Figure figure) {
        assertThat(Fence.read(Fence.ROOT.resolve("docs/reliability.md")))
                .filteredOn(line -> line.startsWith("| " + figure.row() + " |"))
                .singleElement()
                .asString()
                .matches("(\\| [^|]*[^| ] ){5}\\|");
    }
}
