package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.Settings;

/** The course manager on embedded Jetty. */
public final class Main {

    private Main() {}

    // #region main
    /** Runs it at http://127.0.0.1:8000, or wherever the settings say. */
    public static void main(String[] args) {
        App app = new App(Settings.load(args));
        CourseManager.configure(app);
        app.run();
    }
    // #endregion main
}
