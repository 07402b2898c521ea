package io.bocadillo.docs;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the app of each step what the page asks it; see {@link Tutorial}. */
class FirstStepsPageTest {

    @TempDir
    private Path folder;

    @Test
    void theAppStarts() throws IOException {
        Shown.console("FirstStepsPageTest#start", Tutorial.client("FirstStepsPageTest#start", folder));
    }

    @Test
    void theListIsEmpty() throws IOException {
        Shown.console("FirstStepsPageTest#list", Tutorial.client("FirstStepsPageTest#list", folder));
    }

    @Test
    void oneCourse() throws IOException {
        Shown.console("FirstStepsPageTest#one", Tutorial.client("FirstStepsPageTest#one", folder));
    }

    @Test
    void aCourseIsCreated() throws IOException {
        Shown.console("FirstStepsPageTest#create", Tutorial.client("FirstStepsPageTest#create", folder));
    }

    @Test
    void aCourseIsComplete() throws IOException {
        Shown.console("FirstStepsPageTest#isComplete", Tutorial.client("FirstStepsPageTest#isComplete", folder));
    }

    @Test
    void aTokenIsNeeded() throws IOException {
        Shown.console("FirstStepsPageTest#requiresUser", Tutorial.client("FirstStepsPageTest#requiresUser", folder));
    }

    @Test
    void errorsHaveTheirOwnForm() throws IOException {
        Shown.console("FirstStepsPageTest#errorHandler", Tutorial.client("FirstStepsPageTest#errorHandler", folder));
    }

    /** {@link CourseAppTest} runs it, against {@link CourseApp}. */
    @Test
    void theTestFitsTheApp() throws IOException {
        Tutorial.compileTest("CourseAppTest#test", folder);
    }
}
