package io.bocadillo.badinputs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviationTest {

    @Test
    void everyDeviationIsOneFromAnInputOfTheList() {
        assertThat(BadInput.all())
                .extracting(BadInput::id)
                .doesNotHaveDuplicates()
                .containsAll(Deviation.ALL.stream().map(Deviation::id).toList());
    }
}
