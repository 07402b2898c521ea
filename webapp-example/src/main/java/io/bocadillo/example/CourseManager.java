package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.ErrorHandler;
import io.bocadillo.Hook;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.View;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bocadillo's quick start: routes and parameters, hooks, a middleware, a background task, an error handler. */
public final class CourseManager {

    private static final Map<String, String> USERS = Map.of("Token knowntoken", "guido");

    private CourseManager() {}

    /** Sets up the app, wherever it runs. */
    public static void configure(App app) {
        Courses courses = new Courses();

        app.use(identification());

        app.get("/", new IndexPage(app)).name("index");
        app.get("/courses", (req, res) -> res.json(courses.all())).name("courses");
        app.post("/courses", create(courses)).before(isComplete());
        app.get(
                        "/courses/top",
                        (req, res) -> res.json(courses.top(req.query("n").orElse(5))))
                .name("top")
                .before(requiresUser());
        app.get("/courses/{pk}", show(courses)).name("course");

        app.onError(HttpError.class, inOurForm());
    }

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
            NewCourse course = req.json(NewCourse.class);
            if (course.name() == null || course.teacher() == null) {
                throw new HttpError(400, "A course has a name and a teacher.");
            }
        };
    }

    private static View create(Courses courses) {
        return (req, res) -> {
            NewCourse course = req.json(NewCourse.class);
            return res.status(201).json(courses.create(course.name(), course.teacher()));
        };
    }

    /** Nobody has to wait for the count. */
    private static View show(Courses courses) {
        return (req, res) -> {
            Course course = courses.get(req.param("pk").asInt());
            res.background(() -> courses.countView(course));
            return res.json(course);
        };
    }

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
