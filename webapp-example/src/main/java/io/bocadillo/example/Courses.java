package io.bocadillo.example;

import io.bocadillo.HttpError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The courses and how often each was viewed, in memory; safe for use by many threads. */
final class Courses {

    /** Anybody may create some. */
    private static final int MOST_COURSES = 1000;

    private final List<Course> courses = new ArrayList<>();
    private final Map<Course, Integer> views = new ConcurrentHashMap<>();

    /** Some to begin with. */
    static Courses ofToday() {
        Courses courses = new Courses();
        courses.create(new NewCourse("Python Programming", "Guido van Rossum"));
        courses.create(new NewCourse("Notes on the Analytical Engine", "Ada Lovelace"));
        courses.create(new NewCourse("Compilers for Everyone", "Grace Hopper"));
        return courses;
    }

    synchronized List<Course> all() {
        return List.copyOf(courses);
    }

    /** The latest one first. */
    synchronized List<Course> latest(int n) {
        List<Course> latest = new ArrayList<>(courses.subList(Math.max(0, courses.size() - n), courses.size()));
        Collections.reverse(latest);
        return latest;
    }

    /** {@link HttpError} 409 for one course too many. */
    synchronized Course create(NewCourse course) {
        if (courses.size() == MOST_COURSES) {
            throw new HttpError(409, "There can't be more than " + MOST_COURSES + " courses.");
        }
        Course created = new Course(courses.size() + 1, course.name(), course.teacher());
        courses.add(created);
        return created;
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

    int views(Course course) {
        return views.getOrDefault(course, 0);
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
