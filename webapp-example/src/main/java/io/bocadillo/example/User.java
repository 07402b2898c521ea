package io.bocadillo.example;

/** Who calls, if it is somebody known. */
record User(String name) {}
