package io.bocadillo.settings;

/** The names that settings have in the environment. */
public final class Variables {

    /**
     * What those of Bocadillo's own settings begin with: {@code GZIP}, {@code TIMEOUT} and {@code SERVER_PORT} are there for
     * other programs already.
     */
    public static final String PREFIX = "BOCADILLO_";

    private Variables() {}

    /** The name of a setting of an app or its plugins: {@code DATABASE_URL}. */
    public static String of(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean isLower = c >= 'a' && c <= 'z';
            name.append(c == '.' || c == '-' ? '_' : isLower ? (char) (c - 'a' + 'A') : c);
        }
        return name.toString();
    }

    /** The name of one of Bocadillo's own settings: {@code BOCADILLO_CORS_ALLOW_ORIGINS}. */
    public static String ofOwn(String key) {
        return PREFIX + of(key);
    }
}
