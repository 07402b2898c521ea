package io.bocadillo.staticfiles;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which names are served at all, from wherever, on every system alike.
 *
 * <p>No hidden files, no classes, nothing of what servers keep to themselves (Servlet 6.0, section 10.5); and no name that
 * Windows reads as another one: devices, drives and streams of a file, and names that it cuts off at their end.
 */
final class ServedNames {

    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\\..*)?");

    /** Classes, and pages that a servlet container would run (Jakarta Pages 3.1, section 1.3.10): not to be handed out. */
    private static final Pattern SOURCE = Pattern.compile(".*\\.(class|jspx?|jspf|tagx?)");

    private ServedNames() {}

    static boolean areServed(List<String> names) {
        return !names.isEmpty() && names.stream().allMatch(ServedNames::isServed);
    }

    private static boolean isServed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !name.isEmpty()
                && !name.startsWith(".")
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c))
                && !lower.equals("web-inf")
                && !lower.equals("meta-inf")
                && !SOURCE.matcher(lower).matches()
                && !DEVICE.matcher(lower).matches();
    }
}
