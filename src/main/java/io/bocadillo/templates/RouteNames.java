package io.bocadillo.templates;

import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of routes that templates link to in so many words: {@code @{route:about(who=${name})}}. */
final class RouteNames {

    /** Up to its parameters or its end; a name with an expression in it is known when it is rendered. */
    private static final Pattern LINK = Pattern.compile("@\\{\\s*route:([^\\s(){}\\[\\]$*#~|'\"+?]+)\\s*[(}]");

    /** HTML comments, but for those that Thymeleaf reads. */
    private static final Pattern COMMENT = Pattern.compile("<!--(?!/\\*/).*?-->", Pattern.DOTALL);

    private RouteNames() {}

    /** Each with the place where it stands first; what can't be read is left to whoever renders it. */
    static Map<String, String> of(TemplateSource source) {
        Map<String, String> places = new TreeMap<>();
        for (String name : TemplateListing.of(source.folder())) {
            URL found = source.find(name);
            if (found != null) {
                collect(name, found, places);
            }
        }
        return places;
    }

    private static void collect(String template, URL found, Map<String, String> places) {
        String text;
        try {
            text = TemplateSource.read(found);
        } catch (IOException unreadable) {
            return;
        }
        String live =
                COMMENT.matcher(text).replaceAll(comment -> comment.group().replaceAll("[^\n]+", ""));
        Matcher link = LINK.matcher(live);
        while (link.find()) {
            long line = 1
                    + live.substring(0, link.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            places.putIfAbsent(link.group(1), template + ":" + line);
        }
    }
}
