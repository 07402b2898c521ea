package io.bocadillo.negotiation;

import java.util.List;

/** Chooses a content coding after {@code Accept-Encoding} (RFC 9110, section 12.5.3). */
public final class ContentCodings {

    /** No coding at all. */
    public static final String IDENTITY = "identity";

    /** A client takes what it does not mention uncoded, but rather anything that it does mention. */
    private static final int UNSAID = 0;

    private ContentCodings() {}

    /**
     * The coding to send.
     *
     * <p>Without a field there is none: a client may understand any, but most that say nothing understand none. Where the
     * client likes several as well as each other, the first of the list is taken. If it refuses all, and {@link #IDENTITY}
     * too, that is sent nevertheless, as section 12.5.3 suggests: better an answer than none.
     *
     * @param fields the values of all fields {@code Accept-Encoding}
     * @param available names in lower case without {@link #IDENTITY}, which is always there
     * @return one of {@code available}, or {@link #IDENTITY}
     */
    public static String choose(List<String> fields, List<String> available) {
        if (fields.isEmpty() || available.isEmpty()) {
            return IDENTITY;
        }
        List<Preference> preferences = Preference.list(fields);
        String best = IDENTITY;
        int most = weightOfIdentity(preferences);
        for (int i = available.size() - 1; i >= 0; i--) {
            int weight = weight(preferences, available.get(i));
            if (weight > 0 && weight >= most) {
                best = available.get(i);
                most = weight;
            }
        }
        return best;
    }

    private static int weight(List<Preference> preferences, String coding) {
        int ofAny = 0;
        for (Preference preference : preferences) {
            if (isCoding(preference.value(), coding)) {
                return preference.weight();
            }
            if (preference.value().equals("*")) {
                ofAny = preference.weight();
            }
        }
        return ofAny;
    }

    private static int weightOfIdentity(List<Preference> preferences) {
        for (Preference preference : preferences) {
            if (preference.value().equals(IDENTITY)) {
                return preference.weight();
            }
        }
        return UNSAID;
    }

    /** Section 8.4.1.3: {@code x-gzip} is the same as {@code gzip}. */
    private static boolean isCoding(String value, String coding) {
        return value.equals(coding) || coding.equals("gzip") && value.equals("x-gzip");
    }
}
