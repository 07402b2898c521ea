package io.bocadillo.middleware;

import org.jspecify.annotations.Nullable;

/** Makes content into text that a client may hold but can't change unnoticed. */
interface Seal {

    /** Seals content for that purpose, in characters of a cookie value. */
    String seal(String purpose, byte[] content);

    /** The content, or null if the text was not sealed by this, as it stands, for that purpose. */
    byte @Nullable [] open(String purpose, String text);
}
