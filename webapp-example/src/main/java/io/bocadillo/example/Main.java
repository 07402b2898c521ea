package io.bocadillo.example;

import io.bocadillo.App;

/** The course manager on embedded Jetty. */
public final class Main {

    private Main() {}

    /** Runs it at http://127.0.0.1:8000, or at the port that the environment names. */
    public static void main(String[] args) {
        App app = new App();
        CourseManager.configure(app);
        app.run();
    }
}
