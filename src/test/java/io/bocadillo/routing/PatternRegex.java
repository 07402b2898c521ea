package io.bocadillo.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The same pattern as a regular expression over the path as one text, written without a look at how matching works. */
record PatternRegex(Pattern regex) {

    private static final Pattern PARAM = Pattern.compile("\\{(\\w*)(?::(\\w+))?}");

    static PatternRegex of(String pattern) {
        if (pattern.equals("{}") || pattern.equals("/{}")) {
            return new PatternRegex(Pattern.compile("/.*"));
        }
        StringBuilder regex = new StringBuilder();
        Matcher param = PARAM.matcher(pattern);
        int end = 0;
        while (param.find()) {
            regex.append(Pattern.quote(pattern.substring(end, param.start())));
            end = param.end();
            boolean isWhole =
                    pattern.charAt(param.start() - 1) == '/' && (end == pattern.length() || pattern.charAt(end) == '/');
            regex.append(group(param, isWhole, end == pattern.length()));
        }
        return new PatternRegex(Pattern.compile(
                regex.append(Pattern.quote(pattern.substring(end))).toString()));
    }

    private static String group(MatchResult param, boolean isWhole, boolean isLast) {
        if ("int".equals(param.group(2))) {
            return "(-?[0-9]+)";
        }
        if ("path".equals(param.group(2))) {
            return isLast ? "(.*)" : "(.*[^/])";
        }
        if (param.group(1).isEmpty()) {
            return !isWhole ? "[^/]+" : isLast ? ".+" : ".*[^/]";
        }
        return "([^/]+)";
    }

    /** The values of the named parameters, or null. */
    @Nullable
    List<String> match(String path) {
        Matcher matcher = regex.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            values.add(matcher.group(i));
        }
        return values;
    }
}
