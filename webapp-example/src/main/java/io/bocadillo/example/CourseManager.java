package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.ErrorHandler;
import io.bocadillo.HttpError;
import io.bocadillo.middleware.ContentSecurityPolicy;
import io.bocadillo.middleware.SecurityHeaders;
import io.bocadillo.middleware.Sessions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A course manager: pages for people, a JSON API for programs, and what both have around them. */
public final class CourseManager {

    private static final Logger LOG = LoggerFactory.getLogger(CourseManager.class);

    // #region policy
    private static final ContentSecurityPolicy OUR_OWN_FILES = ContentSecurityPolicy.defaultSrc("'none'")
            .with("img-src", "'self'")
            .with("style-src", "'self'")
            .with("form-action", "'self'")
            .with("base-uri", "'none'")
            .with("frame-ancestors", "'none'");
    // #endregion policy

    private CourseManager() {}

    // #region configure
    /** Sets up the app, wherever it runs. */
    public static void configure(App app) {
        Courses courses = Courses.ofToday();
        app.use(new SecurityHeaders().contentSecurityPolicy(OUR_OWN_FILES));
        useSessions(app);
        app.get("/", new Overview(app, courses)).name("index");
        app.include(new Catalogue(courses).recipe()); // for people
        app.include(new CourseApi(courses).recipe()); // for programs
        app.onError(HttpError.class, inOurForm());
    }
    // #endregion configure

    // #region sessions
    /** Of an app that has {@code sessions.key} among its settings, they are switched on already. */
    private static void useSessions(App app) {
        if (app.settings().get("sessions.key").isPresent()) {
            return;
        }
        LOG.warn("There is no setting sessions.key: sessions end with this process. Give it in the environment, as"
                + " BOCADILLO_SESSIONS_KEY, and make one with 'openssl rand -base64 32'.");
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        app.use(new Sessions(Base64.getEncoder().encodeToString(key)));
    }
    // #endregion sessions

    private static ErrorHandler<HttpError> inOurForm() {
        return (req, res, error) -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("error", error.title());
            answer.put("status", error.status());
            answer.put("message", error.detail() == null ? "Duh!" : error.detail());
            return res.status(error.status()).json(answer);
        };
    }
}
