package io.bocadillo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;
import org.testng.SkipException;
import org.testng.annotations.BeforeMethod;

class TckTestsTest {

    private static final List<String> CALLS = new ArrayList<>();
    private static final IllegalStateException FAILURE = new IllegalStateException("no");

    /** As a verification is made: rules with an annotation, set up before each. */
    public static final class Rules {

        @BeforeMethod
        public void setUp() {
            CALLS.add("setUp");
        }

        @org.testng.annotations.Test
        public void isKept() {
            CALLS.add("isKept");
        }

        @org.testng.annotations.Test
        public void isBroken() {
            throw FAILURE;
        }

        @org.testng.annotations.Test
        public void doesNotApply() {
            throw new SkipException("not here");
        }

        public void isNoRule() {}
    }

    private final Map<String, Executable> tests =
            TckTests.of(Rules::new).collect(Collectors.toMap(DynamicTest::getDisplayName, DynamicTest::getExecutable));

    @Test
    void eachRuleIsATestThatIsSetUp() throws Throwable {
        assertThat(tests).containsOnlyKeys("isKept", "isBroken", "doesNotApply");
        CALLS.clear();
        tests.get("isKept").execute();
        assertThat(CALLS).containsExactly("setUp", "isKept");
    }

    @Test
    void aBrokenRuleFailsAndASkippedOneIsAborted() {
        assertThatThrownBy(tests.get("isBroken")::execute).isSameAs(FAILURE);
        assertThatThrownBy(tests.get("doesNotApply")::execute)
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("not here");
    }
}
