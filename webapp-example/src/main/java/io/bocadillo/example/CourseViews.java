package io.bocadillo.example;

/** How often a course was viewed. */
public record CourseViews(Course course, int views) {}
