package io.bocadillo.staticfiles;

import io.bocadillo.files.MediaTypes;
import io.bocadillo.files.Representation;
import io.bocadillo.files.Resource;
import io.bocadillo.negotiation.ContentCodings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files to serve, and how: {@code app.staticFiles("/assets", StaticFiles.directory(Path.of("dist")).index())}.
 *
 * <p>Served are files alone, never a listing; none that is hidden, by a dot before a name of its path, and none that a
 * link out of the folder leads to. Immutable: every setter returns a changed copy. Safe for use by many threads.
 */
public final class StaticFiles {

    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final String INDEX = "index.html";

    /**
     * A hash of the content, as tools that bundle put it into names: {@code app.3f2a9c1b.js}, never a date or a word, the end
     * of a UUID (RFC 9562, section 4), or a name that is nothing else: who names files so may mean their identity.
     */
    private static final Pattern HASHED = Pattern.compile(".*[.-](?<![0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)"
            + "(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}\\.[^/]*");

    /** Files that are written together may have times that differ; two seconds are the coarsest, those of FAT and of jars. */
    private static final Duration TIMER_TICK = Duration.ofSeconds(2);

    /** The codings of files that lie beside others, by what their names end with; the shorter ones first. */
    private static final Map<String, String> SIBLINGS = siblings();

    private final List<Source> sources;
    private final boolean index;
    private final @Nullable List<String> fallback;
    private final Duration maxAge;
    private final Duration pageMaxAge;
    private final Predicate<String> hashed;

    private StaticFiles(
            List<Source> sources,
            boolean index,
            @Nullable List<String> fallback,
            Duration maxAge,
            Duration pageMaxAge,
            Predicate<String> hashed) {
        this.sources = sources;
        this.index = index;
        this.fallback = fallback;
        this.maxAge = maxAge;
        this.pageMaxAge = pageMaxAge;
        this.hashed = hashed;
    }

    private static StaticFiles of(Source... sources) {
        return new StaticFiles(
                List.of(sources),
                false,
                null,
                Duration.ZERO,
                Duration.ZERO,
                name -> HASHED.matcher(name).matches());
    }

    /** The folder of that name in the working directory, what it has not from the class path, and then the web app's. */
    public static StaticFiles folder(String name) {
        String folder = checked(name);
        return of(new Folder(Path.of(folder)), new ClassPathFolder(folder), new WebAppFolder(folder));
    }

    /** A folder of the file system, which has to be there, else {@link IllegalArgumentException}. */
    public static StaticFiles directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("static files: expected a directory, got '" + directory
                    + "', seen from '" + Path.of("").toAbsolutePath() + "'. Create it, or name another one.");
        }
        return of(new Folder(directory));
    }

    /** A folder of the class path, in jars too: {@code "public"}; the whole class path is an {@link IllegalArgumentException}. */
    public static StaticFiles classPath(String folder) {
        return of(new ClassPathFolder(checked(folder)));
    }

    /** A folder of the web app (WAR) that hosts the app, {@code "/"} for all of it but {@code WEB-INF} and {@code META-INF}. */
    public static StaticFiles webApp(String folder) {
        return of(new WebAppFolder(folder.equals("/") ? "" : checked(folder)));
    }

    /** The WebJars on the class path, by paths with or without a version: {@code bootstrap/css/bootstrap.css}. */
    public static StaticFiles webJars() {
        return of(new WebJars());
    }

    /** Serves {@code index.html} for a folder, whose path ends with a slash; without it, the client is redirected. */
    public StaticFiles index() {
        return new StaticFiles(sources, true, fallback, maxAge, pageMaxAge, hashed);
    }

    /**
     * Serves a page for every path below that nothing else answers, if the client asks for HTML: for applications that
     * find their way in the browser. Assets that are missing stay missing.
     *
     * @param page the name of a file of these, for instance {@code "index.html"}
     */
    public StaticFiles fallback(String page) {
        return new StaticFiles(sources, index, List.of(checked(page).split("/")), maxAge, pageMaxAge, hashed);
    }

    /**
     * Lets clients keep files for that long without asking, but for pages, {@code text/html}; zero, the default, has them ask
     * each time whether a file is still the same. Negative is an {@link IllegalArgumentException}.
     */
    public StaticFiles maxAge(Duration maxAge) {
        return new StaticFiles(sources, index, fallback, notNegative("maxAge", maxAge), pageMaxAge, hashed);
    }

    /**
     * Lets clients keep pages for that long without asking, index and {@link #fallback} too; zero by default, because pages
     * name the files of their version. Negative is an {@link IllegalArgumentException}.
     */
    public StaticFiles pageMaxAge(Duration maxAge) {
        return new StaticFiles(sources, index, fallback, this.maxAge, notNegative("pageMaxAge", maxAge), hashed);
    }

    /**
     * Says which names change with the content, so that clients may keep their files for ever; by default those with a hash
     * of eight or more hexadecimal digits behind a dot or a dash and before the extension.
     *
     * @param names is asked for each path below the prefix: {@code assets/app-Bx3_kQpZ.js}
     */
    public StaticFiles immutable(Predicate<String> names) {
        return new StaticFiles(sources, index, fallback, maxAge, pageMaxAge, names);
    }

    /**
     * For the core: the file of these decoded segments, the last of them empty for a folder.
     *
     * @param acceptEncoding the values of {@code Accept-Encoding}
     * @return null if there is none
     */
    public @Nullable StaticFile find(List<String> segments, List<String> acceptEncoding, WebAppResources webApp)
            throws IOException {
        List<String> names = segments;
        if (segments.get(segments.size() - 1).isEmpty()) {
            names = new ArrayList<>(segments);
            names.set(segments.size() - 1, index ? INDEX : "");
        }
        return find(names, acceptEncoding, webApp, cacheControl(names));
    }

    /** For the core: whether there is to be a page for paths that nothing else answers. */
    public boolean fallsBack() {
        return fallback != null;
    }

    /** For the core: that page; null if there is none. */
    public @Nullable StaticFile findFallback(List<String> acceptEncoding, WebAppResources webApp) throws IOException {
        return fallback == null ? null : find(fallback, acceptEncoding, webApp, kept(pageMaxAge));
    }

    private @Nullable StaticFile find(
            List<String> names, List<String> acceptEncoding, WebAppResources webApp, String cacheControl)
            throws IOException {
        if (ServedNames.areServed(names)) {
            for (Source source : sources) {
                Resource file = source.find(names, webApp);
                if (file != null) {
                    return chosen(file, names, coded(file, source, names, webApp), acceptEncoding, cacheControl);
                }
            }
        }
        return null;
    }

    private static StaticFile chosen(
            Resource file,
            List<String> names,
            Map<String, Resource> coded,
            List<String> acceptEncoding,
            String cacheControl) {
        String coding = ContentCodings.choose(acceptEncoding, List.copyOf(coded.keySet()));
        Resource chosen = coded.getOrDefault(coding, file);
        return new StaticFile(
                Representation.of(chosen, type(names)), chosen == file ? null : coding, !coded.isEmpty(), cacheControl);
    }

    /** The files beside it, in the same place, that have it in a content coding, unless they are of an earlier version. */
    private static Map<String, Resource> coded(Resource file, Source source, List<String> names, WebAppResources webApp)
            throws IOException {
        if (!MediaTypes.isCompressible(type(names))) {
            return Map.of();
        }
        Map<String, Resource> coded = new LinkedHashMap<>();
        int last = names.size() - 1;
        for (Map.Entry<String, String> sibling : SIBLINGS.entrySet()) {
            List<String> beside = new ArrayList<>(names);
            beside.set(last, names.get(last) + sibling.getValue());
            Resource found = source.find(beside, webApp);
            if (found != null && !found.changed().plus(TIMER_TICK).isBefore(file.changed())) {
                coded.put(sibling.getKey(), found);
            }
        }
        return coded;
    }

    private static String type(List<String> names) {
        return MediaTypes.of(names.get(names.size() - 1));
    }

    private String cacheControl(List<String> names) {
        if (hashed.test(String.join("/", names))) {
            return IMMUTABLE;
        }
        return kept(type(names).startsWith("text/html") ? pageMaxAge : maxAge);
    }

    private static String kept(Duration maxAge) {
        return maxAge.isZero() ? "no-cache" : "public, max-age=" + maxAge.toSeconds();
    }

    private static Duration notNegative(String option, Duration maxAge) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException(option + ": expected zero or more, got '" + maxAge
                    + "'. Use zero for files that are asked for anew each time.");
        }
        return maxAge;
    }

    private static Map<String, String> siblings() {
        Map<String, String> endings = new LinkedHashMap<>();
        endings.put("br", ".br");
        endings.put("gzip", ".gz");
        return endings;
    }

    private static String checked(String name) {
        String stripped = name.replaceAll("^/|/$", "");
        if (!ServedNames.areServed(List.of(stripped.split("/", -1)))) {
            throw new IllegalArgumentException("static files: expected a name like 'public' or 'app/public', got '"
                    + name + "'. Hidden names, '..' and names of Windows devices are not served.");
        }
        return stripped;
    }
}
