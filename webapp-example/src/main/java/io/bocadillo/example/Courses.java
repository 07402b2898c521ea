package io.bocadillo.example;

import io.bocadillo.HttpError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The courses and how often each was viewed, in memory; safe for use by many threads. */
final class Courses {

    private final List<Course> courses = new ArrayList<>();
    private final Map<Course, Integer> views = new ConcurrentHashMap<>();

    synchronized List<Course> all() {
        return List.copyOf(courses);
    }

    synchronized Course create(String name, String teacher) {
        Course course = new Course(courses.size() + 1, name, teacher);
        courses.add(course);
        return course;
    }

    /** The course of that key; {@link HttpError} 404 if there is none. */
    synchronized Course get(int pk) {
        if (pk < 1 || pk > courses.size()) {
            throw new HttpError(404, "There is no course " + pk + ".");
        }
        return courses.get(pk - 1);
    }

    void countView(Course course) {
        views.merge(course, 1, Integer::sum);
    }

    /** The courses viewed most often, at most {@code n}. */
    List<CourseViews> top(int n) {
        return views.entrySet().stream()
                .map(entry -> new CourseViews(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(CourseViews::views).reversed())
                .limit(Math.max(0, n))
                .toList();
    }
}
