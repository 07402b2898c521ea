package io.bocadillo.docs;

// #region start
import io.bocadillo.App;
import io.bocadillo.Hook;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.View;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

public class CourseApp {

    // #endregion start
    // #region course
    record Course(int pk, String name, String teacher) {}
    // #endregion course

    // #region new-course
    record NewCourse(String name, String teacher) {}
    // #endregion new-course

    // #region problem
    record Problem(String error, Object message) {}
    // #endregion problem

    // #region user
    record User(String name) {}
    // #endregion user

    // #region start
    static App app() {
        App app = new App();
        app.get("/", (req, res) -> res.text("Course manager"));
        // #endregion start

        // #region identification
        Middleware identification = (req, res, next) -> {
            if (req.header("Authorization").orElse("").equals("Token knowntoken")) {
                req.put(User.class, new User("guido"));
            } else {
                req.put(User.class, new User("anonymous"));
            }
            return next.handle(req, res);
        };
        app.use(identification);
        // #endregion identification

        // #region list
        Map<Integer, Course> courses = new ConcurrentSkipListMap<>();
        app.get("/courses", (req, res) -> res.json(courses.values()));
        // #endregion list

        // #region one
        app.get("/courses/{pk}", (req, res) -> {
            Course course = courses.get(req.param("pk").asInt());
            if (course == null) {
                throw new HttpError(404, "There is no such course.");
            }
            return res.json(course);
        });
        // #endregion one

        // #region create
        AtomicInteger lastPk = new AtomicInteger();
        View create = (req, res) -> {
            NewCourse body = req.json(NewCourse.class);
            Course course = new Course(lastPk.incrementAndGet(), body.name(), body.teacher());
            courses.put(course.pk(), course);
            return res.status(201).json(course);
        };
        // #endregion create

        // #region is-complete
        Hook isComplete = (req, res) -> {
            NewCourse course = req.json(NewCourse.class);
            if (course.name() == null || course.teacher() == null) {
                throw new HttpError(400, "A course has a name and a teacher.");
            }
        };
        // #endregion is-complete

        // #region requires-user
        Hook requiresUser = (req, res) -> {
            if (req.get(User.class).name().equals("anonymous")) {
                throw new HttpError(401, "Send a known token.").header("WWW-Authenticate", "Token");
            }
        };
        app.post("/courses", create).before(requiresUser).before(isComplete);
        // #endregion requires-user

        // #region error-handler
        app.onError(HttpError.class, (req, res, error) -> {
            Object message = error.detail() == null ? "Duh!" : error.detail();
            return res.status(error.status()).json(new Problem(error.title(), message));
        });
        // #endregion error-handler

        // #region start
        return app;
    }

    public static void main(String[] args) {
        app().run();
    }
    // #endregion start

    /** The lines that later steps of the tutorial replace. */
    static void replaced(App app, View create, Hook isComplete) {
        // #region create
        app.post("/courses", create);
        // #endregion create
        // #region is-complete
        app.post("/courses", create).before(isComplete);
        // #endregion is-complete
    }
    // #region start
}
// #endregion start
