package io.bocadillo.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps out of messages and prints what nobody should read there. */
public final class Secrets {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** How a word ends that says it, {@code dbpassword} and {@code authkey}, in the plural too. */
    private static final Pattern ENDING = Pattern.compile(".*(?:secret|password|passwd|passphrase|passcode|pwd|token"
            + "|credential|key|pass|auth|authorization|signature|private|dsn)s?");

    /** Words that have nothing to do with keys and passes. Others may be masked in vain, which harms less than a leak. */
    private static final Pattern PLAIN = Pattern.compile("(?:monkey|donkey|turkey|whiskey|hockey|jockey|lackey|hotkey"
            + "|turnkey)s?|compass|encompass|bypass|overpass|underpass|surpass|trespass");

    /** Between words: what is no letter, and where capitals begin or end. */
    private static final Pattern BETWEEN =
            Pattern.compile("\\P{L}+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    /** The password of a URL: {@code postgres://user:password@host}; at the last @, for it may have one itself. */
    private static final Pattern IN_AUTHORITY = Pattern.compile("(://[^/?#:@\\s]*:)\\S*@");

    /** The password of Oracle's URLs: {@code jdbc:oracle:thin:user/password@host}. */
    private static final Pattern OF_ORACLE = Pattern.compile("(jdbc:oracle:\\w+:[^/@\\s]+/)\\S*@");

    /** The name of a parameter: {@code ?password=...}. */
    private static final Pattern PARAMETER = Pattern.compile("(?<![\\w.-])([\\w.-]++)=");

    private static final Pattern PARAMETER_VALUE = Pattern.compile("[^&;\\s]*");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Secrets() {}

    /** Whether the name of a setting says that it is a secret: by one of its words, {@code api-key} and {@code apiKey}. */
    public static boolean isSecret(String key) {
        return BETWEEN.splitAsStream(key)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .anyMatch(Secrets::saysSecret);
    }

    private static boolean saysSecret(String word) {
        return ENDING.matcher(word).matches() && !PLAIN.matcher(word).matches();
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
        return CONTROL.matcher(withoutParameters(oracle)).replaceAll(" ");
    }

    private static String withoutParameters(String text) {
        StringBuilder masked = new StringBuilder();
        Matcher name = PARAMETER.matcher(text);
        Matcher value = PARAMETER_VALUE.matcher(text);
        int end = 0;
        while (name.find()) {
            if (name.end() > end && isSecret(name.group(1)) && value.find(name.end())) {
                masked.append(text, end, name.end()).append(MASK);
                end = value.end();
            }
        }
        return masked.append(text, end, text.length()).toString();
    }
}
