package io.bocadillo.example;

/** A course taught by a teacher. */
public record Course(int pk, String name, String teacher) {}
