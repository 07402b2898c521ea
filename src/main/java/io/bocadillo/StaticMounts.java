package io.bocadillo;

import io.bocadillo.files.MediaTypes;
import io.bocadillo.negotiation.MediaRanges;
import io.bocadillo.routing.Path;
import io.bocadillo.routing.Printable;
import io.bocadillo.staticfiles.StaticFile;
import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.staticfiles.WebAppResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The static files of an app, each below its prefix; asked for what no route answers, in the order of registration. */
final class StaticMounts {

    /** Files below a prefix, which is empty at the root. */
    private record Mount(List<String> prefix, StaticFiles files) {

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

    private static final String STANDARD_PREFIX = "/static";
    private static final String STANDARD_FOLDER = "static";

    private final List<Mount> mounts = new ArrayList<>();

    /** Adds files below a prefix; a {@link StartupError} if that is no path. */
    void add(String prefix, StaticFiles files) {
        mounts.add(new Mount(segments(prefix), files));
    }

    /** Those of an app that starts, with the standard folder behind all others, or without. */
    StaticMounts started(boolean withStandard) {
        StaticMounts started = new StaticMounts();
        started.mounts.addAll(mounts);
        if (withStandard) {
            started.add(STANDARD_PREFIX, StaticFiles.folder(STANDARD_FOLDER));
        }
        return started;
    }

    /** The file of that path, in the form that the request asks for; null if there is none. */
    @Nullable
    StaticFile find(Path path, Request req) {
        for (Mount mount : mounts) {
            if (mount.holds(path)) {
                StaticFile found =
                        looking(() -> mount.files().find(mount.rest(path), acceptEncoding(req), webApp(req)));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Whether the path is below a prefix: what is missing there is no route that lacks its last slash. */
    boolean hold(Path path) {
        return mounts.stream().anyMatch(mount -> !mount.prefix().isEmpty() && mount.holds(path));
    }

    /**
     * The page for a path that nothing else answers: for a client that names HTML, as browsers do where a page is to be
     * shown, and for no name that is that of another kind of file.
     */
    @Nullable
    StaticFile findFallback(Path path, Request req) {
        String type = MediaTypes.of(path.segment(path.size() - 1));
        if (!type.equals(ContentType.BYTES) && !type.equals(ContentType.HTML)
                || !MediaRanges.name(req.headers().all("Accept"), "text/html")) {
            return null;
        }
        for (Mount mount : mounts) {
            if (mount.holds(path)) {
                StaticFile found = looking(() -> mount.files().findFallback(acceptEncoding(req), webApp(req)));
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

    private static List<String> segments(String prefix) {
        String inner = prefix.replaceAll("^/|/$", "");
        List<String> segments = inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.matches(".*[{}\\\\\\p{Cntrl}].*")) {
                throw new StartupError("staticFiles (" + Place.ofCaller() + "): expected a path like '/assets', got '"
                        + Printable.of(prefix) + "'. Write it decoded, without parameters.");
            }
        }
        return segments;
    }
}
