package io.bocadillo.example;

import io.bocadillo.ErrorHandler;
import io.bocadillo.HttpError;
import io.bocadillo.Recipe;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.middleware.Csrf;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The courses for people: a list, a page for each, a form for a new one. */
final class Catalogue {

    private final Courses courses;

    Catalogue(Courses courses) {
        this.courses = courses;
    }

    // #region recipe
    Recipe recipe() {
        Recipe catalogue = new Recipe("catalogue"); // below /catalogue
        catalogue.use(new Csrf());
        catalogue.get("", this::list).name("list");
        catalogue.post("", this::create);
        catalogue.get("/new", this::form).name("new");
        catalogue.get("/{pk}", this::show).name("detail");
        catalogue.post("/{pk}/enrolment", this::enrol).name("enrolment");
        catalogue.onError(HttpError.class, asPage());
        return catalogue;
    }
    // #endregion recipe

    private CompletionStage<?> list(Request req, Response res) {
        return Page.render(req, res, "catalogue/list.html", Map.of("courses", courses.all()));
    }

    /** Nobody has to wait for the count. */
    private CompletionStage<?> show(Request req, Response res) {
        Course course = courses.get(req.param("pk").asInt());
        res.background(() -> courses.countView(course));
        return Page.render(req, res, "catalogue/detail.html", Map.of("course", course, "views", courses.views(course)));
    }

    private CompletionStage<?> form(Request req, Response res) {
        return form(req, res, new NewCourse("", ""), Map.of());
    }

    private CompletionStage<?> form(Request req, Response res, NewCourse course, Map<String, String> problems) {
        return Page.render(req, res, "catalogue/new.html", Map.of("course", course, "problems", problems));
    }

    // #region create
    /** After a form the browser is sent to a page, so that nothing is created twice when that is loaded again. */
    private CompletionStage<?> create(Request req, Response res) {
        NewCourse course = NewCourse.of(req.form());
        Map<String, String> problems = course.problems();
        if (!problems.isEmpty()) {
            return form(req, res.status(400), course, problems);
        }
        Course created = courses.create(course);
        new Visit(req.session()).tell("“" + created.name() + "” is in the catalogue.");
        return res.status(303).redirect(req.urlFor("catalogue:detail", Map.of("pk", created.pk())));
    }
    // #endregion create

    private CompletionStage<?> enrol(Request req, Response res) {
        Course course = courses.get(req.param("pk").asInt());
        Visit visit = new Visit(req.session());
        if (req.form().field("enrol").asBoolean()) {
            visit.enrol(course);
            visit.tell("You take “" + course.name() + "” now.");
        } else {
            visit.leave(course);
            visit.tell("You have left “" + course.name() + "”.");
        }
        return res.status(303).redirect(req.urlFor("catalogue:detail", Map.of("pk", course.pk())));
    }

    private static ErrorHandler<HttpError> asPage() {
        return (req, res, error) -> {
            String detail = error.detail() instanceof String text ? text : "";
            return Page.render(
                    req, res.status(error.status()), "error.html", Map.of("error", error.title(), "detail", detail));
        };
    }
}
