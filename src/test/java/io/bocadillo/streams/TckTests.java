package io.bocadillo.streams;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** Runs a verification of the Reactive Streams TCK, which is written for TestNG, as tests of JUnit. */
public final class TckTests {

    private TckTests() {}

    /**
     * Returns one test for each rule of the verification, by name; what it skips is aborted.
     *
     * @param verification makes a fresh one, here and for each test
     */
    public static Stream<DynamicTest> of(Supplier<?> verification) {
        return annotated(verification.get(), Test.class)
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> run(rule, verification.get())));
    }

    private static void run(Method rule, Object verification) throws Throwable {
        for (Method before : annotated(verification, BeforeMethod.class).toList()) {
            invoke(before, verification);
        }
        try {
            invoke(rule, verification);
        } finally {
            for (Method after : annotated(verification, AfterMethod.class).toList()) {
                invoke(after, verification);
            }
        }
    }

    /** A verification leaves a rule out by overriding it: annotations of methods are not inherited. */
    private static Stream<Method> annotated(Object verification, Class<? extends Annotation> annotation) {
        return Arrays.stream(verification.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .sorted(Comparator.comparing(Method::getName));
    }

    private static void invoke(Method method, Object verification) throws Throwable {
        method.setAccessible(true);
        try {
            method.invoke(verification);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() instanceof SkipException skip
                    ? new TestAbortedException(skip.getMessage(), skip)
                    : failure.getCause();
        }
    }
}
