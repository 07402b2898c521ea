package io.bocadillo.settings;

/**
 * What a source says about a setting.
 *
 * @param text as it is there
 * @param source for messages, such as {@code environment variable BOCADILLO_MAX_BODY}
 */
public record Found(String text, String source) {

    /** Where it is from, without the text. */
    @Override
    public String toString() {
        return source;
    }
}
