package io.bocadillo.example;

import org.jspecify.annotations.Nullable;

/** What a client sends to create a course; a hook checks that it is complete. */
public record NewCourse(@Nullable String name, @Nullable String teacher) {}
