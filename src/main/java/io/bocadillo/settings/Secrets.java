package io.bocadillo.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps out of messages and prints what nobody should read there. */
public final class Secrets {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private static final String WORDS = "secret|pass|pwd|token|key|credential|auth|signature|private|dsn";

    private static final String[] PARTS = WORDS.split("\\|");

    /** The password of a URL: {@code postgres://user:password@host}; at the last @, for it may have one itself. */
    private static final Pattern IN_AUTHORITY = Pattern.compile("(://[^/?#:@\\s]*:)\\S*@");

    /** The password of Oracle's URLs: {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern OF_ORACLE = Pattern.compile("(jdbc:oracle:\\w+:[^/@\\s]+/)\\S*@");

    /** A parameter: {@code ?password=...}. */
    private static final Pattern IN_PARAMETER =
            Pattern.compile("([\\w.-]*(?:" + WORDS + ")[\\w.-]*=)[^&;\\s]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Secrets() {}

    /** Whether the name of a setting says that it is a secret. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return Stream.of(PARTS).anyMatch(lower::contains);
    }

    /** A text in which a secret is masked, where it is no part of another word. */
    public static String without(String secret, String text) {
        Pattern alone = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(secret) + "(?![A-Za-z0-9])");
        return alone.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
    }

    /** A text for messages, on one line and without the passwords that are part of it. */
    public static String masked(String text) {
        String url = IN_AUTHORITY.matcher(text).replaceAll("$1" + MASK + "@");
        String oracle = OF_ORACLE.matcher(url).replaceAll("$1" + MASK + "@");
        String parameters = IN_PARAMETER.matcher(oracle).replaceAll("$1" + MASK);
        return CONTROL.matcher(parameters).replaceAll(" ");
    }
}
