package io.bocadillo.example;

import io.bocadillo.Hook;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Recipe;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.middleware.Cors;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The courses for programs: JSON, for scripts of any site too, and a token for those who want to know more. */
final class CourseApi {

    private static final Map<String, String> USERS = Map.of("Token knowntoken", "guido");

    private final Courses courses;

    CourseApi(Courses courses) {
        this.courses = courses;
    }

    // #region recipe
    Recipe recipe() {
        Recipe api = new Recipe("courses"); // below /courses
        api.use(Cors.allow("*").headers("Authorization")); // it takes no cookies
        api.use(identification());
        api.get("", (req, res) -> res.json(courses.all())).name("list");
        api.post("", this::create).before(isComplete());
        api.get("/top", this::top).before(requiresUser()).name("top");
        api.get("/{pk}", this::show).name("detail");
        return api;
    }
    // #endregion recipe

    /** Finds out who calls; whoever needs to know asks for the {@link User}. */
    private static Middleware identification() {
        return (req, res, next) -> {
            String user = USERS.get(req.header("Authorization").orElse(""));
            if (user != null) {
                req.put(User.class, new User(user));
            }
            return next.handle(req, res);
        };
    }

    private static Hook requiresUser() {
        return (req, res) -> {
            if (req.find(User.class).isEmpty()) {
                throw new HttpError(401, "Send a known token.").header("WWW-Authenticate", "Token");
            }
        };
    }

    private static Hook isComplete() {
        return (req, res) -> {
            Map<String, String> problems = req.json(NewCourse.class).problems();
            if (!problems.isEmpty()) {
                throw new HttpError(400, String.join(" ", problems.values()));
            }
        };
    }

    private CompletionStage<?> create(Request req, Response res) {
        return res.status(201).json(courses.create(req.json(NewCourse.class)));
    }

    private CompletionStage<?> top(Request req, Response res) {
        return res.json(courses.top(req.query("n").orElse(5)));
    }

    /** Nobody has to wait for the count. */
    private CompletionStage<?> show(Request req, Response res) {
        Course course = courses.get(req.param("pk").asInt());
        res.background(() -> courses.countView(course));
        return res.json(course);
    }
}
