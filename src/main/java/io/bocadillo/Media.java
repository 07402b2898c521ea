package io.bocadillo;

import io.bocadillo.negotiation.MediaRanges;
import io.bocadillo.routing.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media types of an app: what {@link Response#media} writes values as.
 *
 * <p>Those that stand for a choice by {@code Accept} are the app's own one and those it has registered. JSON, text and HTML
 * can be written anyway, but nobody gets a value as text that was not meant to be read so.
 */
final class Media {

    private static final Pattern TYPE = Pattern.compile("[!#$&^_.+\\w-]+/[!#$&^_.+\\w-]+(\\s*;[\\x20-\\x7E]*)?");

    private final Map<String, MediaHandler> handlers = new LinkedHashMap<>();
    private final List<String> registered = new ArrayList<>();
    private String standard = ContentType.JSON;
    private @Nullable Place place;

    /** The one of the app, then those registered. */
    private List<String> offered = List.of(standard);

    Media(Settings settings) {
        handlers.put(ContentType.JSON, value -> settings.json().encode(value));
        handlers.put("text/plain", MediaHandler.text());
        handlers.put("text/html", MediaHandler.text());
    }

    /** Makes it the one of the app. */
    void standard(String type) {
        standard = complete(checked(type));
        place = Place.ofCaller();
        offer();
    }

    void register(String type, MediaHandler handler) {
        String complete = complete(checked(type));
        handlers.put(bare(complete), handler);
        registered.removeIf(earlier -> bare(earlier).equals(bare(complete)));
        registered.add(complete);
        offer();
    }

    private void offer() {
        List<String> types = new ArrayList<>(registered);
        types.removeIf(type -> bare(type).equals(bare(standard)));
        types.add(0, standard);
        offered = List.copyOf(types);
    }

    /** Refuses to start without a handler for the type of the app. */
    void check() {
        if (handler(standard) == null) {
            throw new StartupError("mediaType (" + place + "): expected a type with a handler, got '" + standard
                    + "'. Register one with app.mediaType(type, handler).");
        }
    }

    /**
     * The value as the type that is set, else as the one that the client likes best.
     *
     * @throws HttpError 406 if it likes none
     * @throws IllegalArgumentException if a type is set that has no handler
     */
    Answer answer(@Nullable Object value, Headers headers, Request req) {
        String set = headers.get("Content-Type");
        String type = set == null ? negotiated(headers, req) : set;
        MediaHandler handler = handler(type);
        if (handler == null) {
            throw new IllegalArgumentException("media: expected a Content-Type with a handler, got '"
                    + Printable.of(type) + "'. Register one with app.mediaType(type, handler).");
        }
        try {
            return Answer.of(handler.encode(value), type);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalArgumentException(
                    "media: expected a value that can be written as " + type + ", got '" + failure
                            + "'. Mend what its handler refuses.",
                    failure);
        }
    }

    private String negotiated(Headers headers, Request req) {
        headers.vary("Accept");
        return MediaRanges.choose(req.headers().all("Accept"), offered)
                .orElseThrow(() -> HttpError.untraced(
                                406, "Accept: expected one of " + String.join(", ", offered) + ", got none of them.")
                        .header("Vary", "Accept"));
    }

    /** That of the type itself, or of what it is built on (RFC 6839, section 3.1). */
    private @Nullable MediaHandler handler(String type) {
        MediaHandler handler = handlers.get(bare(type));
        return handler == null && bare(type).endsWith("+json") ? handlers.get(ContentType.JSON) : handler;
    }

    /** Text that does not say its charset is UTF-8. */
    private static String complete(String type) {
        return type.startsWith("text/") && type.indexOf(';') < 0 ? type + "; charset=utf-8" : type;
    }

    private static String bare(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static String checked(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new StartupError("mediaType (" + Place.ofCaller()
                    + "): expected a type like 'application/yaml', got '" + Printable.of(type)
                    + "'. Write type/subtype, with parameters behind a semicolon.");
        }
        String bare = bare(type);
        return bare + type.strip().substring(bare.length());
    }
}
