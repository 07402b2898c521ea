package io.bocadillo.routing;

import java.util.BitSet;
import java.util.function.Function;

/** What a mixed segment is made of. */
sealed interface Part permits Literal, Param {

    /** The positions where this part can begin so that it ends at one of {@code ends}; linear in the text. */
    BitSet starts(String text, BitSet ends);

    /** The greatest of {@code ends} that this part reaches from a position that is one of its starts. */
    int end(String text, int start, BitSet ends);

    /** The text that this part stands for once each parameter has a value. */
    String fill(Function<Param, String> value);
}
