package io.bocadillo.example;

import io.bocadillo.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client sends to create a course, as JSON or in a form; what is missing is empty. */
public record NewCourse(String name, String teacher) {

    private static final int LONGEST = 100;

    public NewCourse(@Nullable String name, @Nullable String teacher) {
        this.name = name == null ? "" : name.strip();
        this.teacher = teacher == null ? "" : teacher.strip();
    }

    static NewCourse of(Form form) {
        return new NewCourse(
                form.field("name").orElse(""), form.field("teacher").orElse(""));
    }

    /** What is wrong, by field; empty if it can be created. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        check("name", name, problems);
        check("teacher", teacher, problems);
        return problems;
    }

    private static void check(String field, String value, Map<String, String> problems) {
        if (value.isEmpty()) {
            problems.put(field, "A course has a " + field + ".");
        } else if (value.length() > LONGEST) {
            problems.put(field, "The " + field + " of a course has at most " + LONGEST + " characters.");
        }
    }
}
