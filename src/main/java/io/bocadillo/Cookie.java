package io.bocadillo;

import io.bocadillo.files.HttpDate;
import io.bocadillo.routing.Printable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cookie to be set by {@link Response#cookie} (RFC 6265bis, section 4.1); immutable: every setter returns a changed
 * copy.
 *
 * <p>Unless told otherwise it is sent back to this app alone ({@code Path}), over https if it was set over https
 * ({@code Secure}), is not shown to scripts ({@code HttpOnly}), does not come with requests that other sites make
 * ({@code SameSite=Lax}), and lives until the browser is closed.
 *
 * <p>What browsers would refuse, or read as something else, is an {@link IllegalArgumentException} at once: nothing is
 * escaped or cut.
 */
public final class Cookie {

    /** When the browser sends the cookie with requests that come from other sites (RFC 6265bis, section 5.6.7). */
    public enum SameSite {
        /** Never. */
        STRICT("Strict"),

        /** When the user follows a link to here. */
        LAX("Lax"),

        /** Always; such a cookie is {@code Secure}. */
        NONE("None");

        private final String token;

        SameSite(String token) {
            this.token = token;
        }
    }

    /** What browsers read as a year (RFC 6265bis, section 5.1.1). */
    private static final Instant EARLIEST = Instant.parse("1601-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final String name;
    private String value;
    private @Nullable String path;
    private @Nullable String domain;
    private @Nullable Duration maxAge;
    private @Nullable Instant expires;
    private @Nullable Boolean secure;
    private boolean httpOnly = true;
    private SameSite sameSite = SameSite.LAX;
    private boolean partitioned;
    private boolean deleted;

    private Cookie(String name, String value) {
        this.name = name;
        this.value = value;
    }

    private Cookie(Cookie other) {
        name = other.name;
        value = other.value;
        path = other.path;
        domain = other.domain;
        maxAge = other.maxAge;
        expires = other.expires;
        secure = other.secure;
        httpOnly = other.httpOnly;
        sameSite = other.sameSite;
        partitioned = other.partitioned;
        deleted = other.deleted;
    }

    /**
     * A cookie of that name and value.
     *
     * @param name a token (RFC 9110, section 5.6.2); one that begins with {@code __Secure-} or {@code __Host-} makes the
     *     cookie {@code Secure}, and the latter binds it to this host alone
     * @param value visible ASCII characters but for {@code " , ; \}: encode others, for instance with percent-encoding
     */
    public static Cookie of(String name, String value) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException(
                    "cookie: expected a name that is a token (RFC 6265bis, section 4.1.1), got '" + Printable.of(name)
                            + "'. Use letters, digits, '-' and '_'.");
        }
        return new Cookie(name, checkedValue(name, value));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Sets the value; see {@link #of}. */
    public Cookie value(String value) {
        Cookie changed = new Cookie(this);
        changed.value = checkedValue(name, value);
        return changed;
    }

    /**
     * Sets the path below which it is sent, from its slash, as it stands in URLs; unless set, that at which the app is
     * served ({@link Request#basePath}). A path keeps nothing secret from other apps of this host.
     */
    public Cookie path(String path) {
        if (!path.startsWith("/") || !CookieSyntax.isAttribute(path)) {
            throw refused("a path from its slash, of ASCII without a semicolon", path, "Percent-encode it.");
        }
        Cookie changed = new Cookie(this);
        changed.path = path;
        return changed.checked();
    }

    /** Lets the browser send it to that host and all hosts below it, {@code example.com}; unless set, to this host alone. */
    public Cookie domain(String domain) {
        if (!CookieSyntax.isDomain(domain)) {
            throw refused("a host name such as 'example.com'", domain, "Leave out a leading dot.");
        }
        Cookie changed = new Cookie(this);
        changed.domain = domain;
        return changed.checked();
    }

    /** Lets it live that long, at least a second; browsers cut it to 400 days (RFC 6265bis, section 5.5). */
    public Cookie maxAge(Duration age) {
        if (age.toSeconds() < 1) {
            throw refused("an age of a second or more", age.toString(), "Use deleted() to let the browser forget it.");
        }
        Cookie changed = new Cookie(this);
        changed.maxAge = age;
        return changed;
    }

    /** Lets it live until then, by the clock of the client; {@link #maxAge} comes before it. */
    public Cookie expires(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw refused("a time of the years 1601 to 9999", time.toString(), "Use maxAge for a long life.");
        }
        Cookie changed = new Cookie(this);
        changed.expires = time;
        return changed;
    }

    /** Lets it live until the browser is closed, as it does unless an age or a time is set. */
    public Cookie untilBrowserCloses() {
        Cookie changed = new Cookie(this);
        changed.maxAge = null;
        changed.expires = null;
        return changed;
    }

    /** Whether it is sent over https alone; unless set, if the request that it answers came over https. */
    public Cookie secure(boolean secure) {
        Cookie changed = new Cookie(this);
        changed.secure = secure;
        return changed.checked();
    }

    /** Whether it is hidden from scripts; true unless set. */
    public Cookie httpOnly(boolean httpOnly) {
        Cookie changed = new Cookie(this);
        changed.httpOnly = httpOnly;
        return changed;
    }

    /** Whether requests that come from other sites carry it; {@link SameSite#LAX} unless set. */
    public Cookie sameSite(SameSite sameSite) {
        Cookie changed = new Cookie(this);
        changed.sameSite = sameSite;
        return changed.checked();
    }

    /** Keeps one for each site that this one is embedded in (CHIPS), which makes it {@code Secure}; false unless set. */
    public Cookie partitioned(boolean partitioned) {
        Cookie changed = new Cookie(this);
        changed.partitioned = partitioned;
        return changed.checked();
    }

    /** A cookie that lets the browser forget this one, which it knows by name, domain and path. */
    public Cookie deleted() {
        Cookie changed = new Cookie(this);
        changed.value = "";
        changed.maxAge = null;
        changed.expires = Instant.EPOCH;
        changed.deleted = true;
        return changed;
    }

    /** Name and value, for messages: {@code theme=dark}. */
    @Override
    public String toString() {
        return name + "=" + value;
    }

    void addTo(Headers headers, Request req) {
        Cookies.set(headers, fieldValue(req));
    }

    /** Attributes in the order of RFC 6265bis, section 4.1.1. */
    private String fieldValue(Request req) {
        boolean isSecure = needsSecure() || (secure == null ? req.scheme().equals("https") : secure);
        StringBuilder field = new StringBuilder(name).append('=').append(value);
        field.append("; Path=").append(CookieSyntax.isHost(name) ? "/" : path == null ? base(req) : path);
        if (domain != null) {
            field.append("; Domain=").append(domain);
        }
        if (deleted || maxAge != null) {
            field.append("; Max-Age=").append(maxAge == null ? 0 : maxAge.toSeconds());
        }
        if (expires != null) {
            field.append("; Expires=").append(HttpDate.format(expires));
        }
        field.append(isSecure ? "; Secure" : "").append(httpOnly ? "; HttpOnly" : "");
        field.append("; SameSite=").append(sameSite.token);
        return field.append(partitioned ? "; Partitioned" : "").toString();
    }

    /** Refuses attributes that browsers would not take together (sections 4.1.2.5, 4.1.2.7 and 4.1.3). */
    private Cookie checked() {
        if (needsSecure() && Boolean.FALSE.equals(secure)) {
            throw refused(
                    "to be Secure, as its name, SameSite=None and Partitioned want it",
                    "secure(false)",
                    "Leave it out.");
        }
        if (CookieSyntax.isHost(name) && (domain != null || path != null && !path.equals("/"))) {
            throw refused("no domain, and no path but '/', as its name wants it", domain + " " + path, "Rename it.");
        }
        return this;
    }

    private boolean needsSecure() {
        return CookieSyntax.isHost(name) || CookieSyntax.isSecure(name) || partitioned || sameSite == SameSite.NONE;
    }

    /** The base comes as the client wrote it, which may have been with a semicolon. */
    private static String base(Request req) {
        String base = req.root();
        return base.isEmpty() || !CookieSyntax.isAttribute(base) ? "/" : base;
    }

    private static String checkedValue(String name, String value) {
        if (!CookieSyntax.isValue(value)) {
            throw new IllegalArgumentException("cookie " + name
                    + ": expected a value of visible ASCII characters without \" , ; and \\, got '"
                    + Printable.of(value) + "'. Encode it, for instance with percent-encoding.");
        }
        if (name.length() + value.length() > CookieSyntax.MOST_BYTES) {
            throw new IllegalArgumentException("cookie " + name + ": expected at most " + CookieSyntax.MOST_BYTES
                    + " bytes of name and value, got " + (name.length() + value.length())
                    + ". Browsers refuse it: keep large things on the server.");
        }
        return value;
    }

    private IllegalArgumentException refused(String expected, String got, String remedy) {
        return new IllegalArgumentException(
                "cookie " + name + ": expected " + expected + ", got '" + Printable.of(got) + "'. " + remedy);
    }
}
