package io.bocadillo;

import io.bocadillo.files.MediaTypes;
import io.bocadillo.negotiation.MediaRanges;
import io.bocadillo.routing.Path;
import io.bocadillo.routing.Pattern;
import io.bocadillo.routing.Printable;
import io.bocadillo.staticfiles.StaticFile;
import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.staticfiles.WebAppResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The static files of an app, each below its prefix; asked for what no route answers, in the order of registration.
 *
 * <p>They are looked for on the thread that asks, a worker of the server, whatever the executor of the settings: a look at
 * a disk is shorter than the way to another thread. There are as many as there are sources, and those of misses are not
 * remembered, for clients would choose how many.
 */
final class StaticAreas {

    /** Files below a prefix, which is empty at the root. */
    private record Area(List<String> prefix, StaticFiles files) {

        boolean holds(Path path) {
            if (path.size() <= prefix.size()) {
                return false;
            }
            for (int i = 0; i < prefix.size(); i++) {
                if (!prefix.get(i).equals(path.segment(i))) {
                    return false;
                }
            }
            return true;
        }

        List<String> rest(Path path) {
            List<String> rest = new ArrayList<>(path.size() - prefix.size());
            for (int i = prefix.size(); i < path.size(); i++) {
                rest.add(path.segment(i));
            }
            return rest;
        }
    }

    private final List<Area> areas = new ArrayList<>();

    /**
     * Adds files below a prefix; a {@link StartupError} if that is no path.
     *
     * @param where the prefix is from, for that message
     */
    void add(String where, String prefix, StaticFiles files) {
        areas.add(new Area(segments(where, prefix), files));
    }

    /** Those of an app that starts, and behind them what its settings have served; null for a mounted app, which has none. */
    StaticAreas started(@Nullable Settings settings) {
        StaticAreas started = new StaticAreas();
        started.areas.addAll(areas);
        if (settings != null) {
            StandardFiles.addTo(started, settings);
        }
        return started;
    }

    /** Those whose every path is one of a certain kind. */
    StaticAreas within(Predicate<Pattern> kind) {
        StaticAreas within = new StaticAreas();
        areas.stream()
                .filter(area -> kind.test(Pattern.parse(String.join("/", area.prefix()) + "/{}")))
                .forEach(within.areas::add);
        return within;
    }

    boolean isEmpty() {
        return areas.isEmpty();
    }

    /** Whether the path is below one of the prefixes, which may be that of the root. */
    boolean mayHave(Path path) {
        return areas.stream().anyMatch(area -> area.holds(path));
    }

    /** The file of that path, in the form that the request asks for; null if there is none. */
    @Nullable
    StaticFile find(Path path, Request req) {
        for (Area area : areas) {
            if (area.holds(path)) {
                StaticFile found = looking(() -> area.files().find(area.rest(path), acceptEncoding(req), webApp(req)));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Whether the path is below a prefix: what is missing there is no route that lacks its last slash. */
    boolean hold(Path path) {
        return areas.stream().anyMatch(area -> !area.prefix().isEmpty() && area.holds(path));
    }

    /** Whether there may be a page for a path that nothing else answers: for no name that is that of another kind of file. */
    boolean fallBack(Path path) {
        String type = MediaTypes.of(path.segment(path.size() - 1));
        return (type.equals(ContentType.BYTES) || type.equals(ContentType.HTML))
                && areas.stream().anyMatch(area -> area.files().fallsBack() && area.holds(path));
    }

    /** That page, for a client that names HTML, as browsers do where a page is to be shown. */
    @Nullable
    StaticFile findFallback(Path path, Request req) {
        if (!MediaRanges.name(req.headers().all("Accept"), "text/html")) {
            return null;
        }
        for (Area area : areas) {
            if (area.holds(path)) {
                StaticFile found = looking(() -> area.files().findFallback(acceptEncoding(req), webApp(req)));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Several ranges are parts of a body that has no place for the coding they are of (RFC 9110, section 14.6). */
    private static List<String> acceptEncoding(Request req) {
        String range = req.headers().get("Range");
        return range != null && range.indexOf(',') >= 0
                ? List.of()
                : req.headers().all("Accept-Encoding");
    }

    private static WebAppResources webApp(Request req) {
        return path -> req.find(WebAppResources.class)
                .map(resources -> resources.find(path))
                .orElse(null);
    }

    private interface Lookup {
        @Nullable
        StaticFile look() throws IOException;
    }

    /** What may not be read is not there. */
    private static @Nullable StaticFile looking(Lookup lookup) {
        try {
            return lookup.look();
        } catch (AccessDeniedException unreadable) {
            return null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> segments(String where, String prefix) {
        String inner = prefix.replaceAll("^/|/$", "");
        List<String> segments = inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.matches(".*[{}\\\\\\p{Cntrl}].*")) {
                throw new StartupError(where + ": expected a path like '/assets', got '" + Printable.of(prefix)
                        + "'. Write it decoded, without parameters.");
            }
        }
        return segments;
    }
}
