package io.bocadillo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class HouseTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.bocadillo");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void servletsAreAtHomeInServletAndJettyAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.bocadillo.servlet..", "io.bocadillo.jetty..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "jakarta.websocket..")
                .check(MAIN);
    }

    @Test
    void jettyIsAtHomeInJettyAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.bocadillo.jetty..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(MAIN);
    }

    @Test
    void jacksonIsAtHomeInJacksonJsonAlone() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.bocadillo.JacksonJson")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(MAIN);
    }

    @Test
    void thymeleafIsAtHomeInTemplatesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.bocadillo.templates..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.thymeleaf..", "ognl..")
                .check(MAIN);
    }

    @Test
    void whatCanBeLoadedWithoutThymeleafDoesNotKnowIt() {
        noClasses()
                .that()
                .haveFullyQualifiedName("io.bocadillo.templates.Templates")
                .or()
                .haveFullyQualifiedName("io.bocadillo.templates.TemplateSource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.thymeleaf..", "ognl..")
                .check(MAIN);
    }

    @Test
    void routingKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.routing..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo.routing..")
                .check(MAIN);
    }

    @Test
    void filesKnowTheJdkAndRoutingAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.files..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo.routing..", "io.bocadillo.files..")
                .check(MAIN);
    }

    @Test
    void negotiationKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.negotiation..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo.negotiation..")
                .check(MAIN);
    }

    @Test
    void staticFilesKnowFilesAndNegotiationAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.staticfiles..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "io.bocadillo.files..",
                        "io.bocadillo.negotiation..",
                        "io.bocadillo.staticfiles..")
                .check(MAIN);
    }

    @Test
    void brotliIsAtHomeInBrotliAlone() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.bocadillo.middleware.Brotli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.aayushatharva..")
                .check(MAIN);
    }

    @Test
    void settingsKnowTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.settings..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo.settings..")
                .check(MAIN);
    }

    @Test
    void streamsKnowTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.streams..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo.streams..")
                .check(MAIN);
    }

    @Test
    void middlewareKnowsTheCoreAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.middleware..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "com.aayushatharva.brotli4j..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "io.bocadillo",
                        "io.bocadillo.routing..",
                        "io.bocadillo.middleware..")
                .check(MAIN);
    }

    @Test
    void multipartKnowsTheJdkAndHowTextIsEncodedAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.multipart..")
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo.multipart..")
                                .or(JavaClass.Predicates.type(Printable.class))
                                .or(JavaClass.Predicates.type(PercentEncoding.class)))
                .check(MAIN);
    }

    @Test
    void theCoreKnowsWhatItIsMadeOfAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "io.bocadillo",
                        "io.bocadillo.files..",
                        "io.bocadillo.multipart..",
                        "io.bocadillo.negotiation..",
                        "io.bocadillo.routing..",
                        "io.bocadillo.settings..",
                        "io.bocadillo.staticfiles..",
                        "io.bocadillo.streams..")
                .check(MAIN);
    }

    @Test
    void templatesKnowTheCoreAndHowTextIsEncodedAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.templates..")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                "org.thymeleaf..",
                                "io.bocadillo",
                                "io.bocadillo.templates..")
                        .or(JavaClass.Predicates.type(Printable.class)))
                .check(MAIN);
    }

    @Test
    void servletKnowsTheCoreAndWhatAContainerHasAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.servlet..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jakarta.servlet..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "io.bocadillo",
                        "io.bocadillo.multipart..",
                        "io.bocadillo.servlet..",
                        "io.bocadillo.settings..",
                        "io.bocadillo.staticfiles..")
                .check(MAIN);
    }

    @Test
    void jettyKnowsServletAndTheCoreAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.jetty..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jakarta.servlet..",
                        "org.eclipse.jetty..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "io.bocadillo",
                        "io.bocadillo.jetty..",
                        "io.bocadillo.servlet..",
                        "io.bocadillo.settings..")
                .check(MAIN);
    }

    @Test
    void testingKnowsTheLibraryAlone() {
        classes()
                .that()
                .resideInAPackage("io.bocadillo.testing..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.bocadillo..")
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void noNameIsAUtilHelperOrManager() {
        noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager)").check(MAIN);
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..helper..", "..manager..")
                .check(MAIN);
    }

    @Test
    void whatUsersImportIsFinalUnlessMadeForInheritance() {
        Set<String> openClasses = new TreeSet<>();
        for (JavaClass type : MAIN) {
            Set<JavaModifier> modifiers = type.getModifiers();
            boolean isOpen = !type.isInterface()
                    && !modifiers.contains(JavaModifier.FINAL)
                    && !type.reflect().isSealed();
            if (isOpen && modifiers.contains(JavaModifier.PUBLIC)) {
                openClasses.add(type.getName());
            }
        }
        assertThat(openClasses).containsExactly("io.bocadillo.servlet.BocadilloServlet");
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        for (Path file : sources()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
        }
    }

    @Test
    void theMedianFileIsShorterThan90Lines() throws IOException {
        List<Integer> lengths =
                sources().stream().map(HouseTest::length).sorted().toList();
        assertThat(lengths.get(lengths.size() / 2)).isLessThan(90);
    }

    @Test
    void everyPackageIsNullMarked() throws Exception {
        Set<Path> folders = new TreeSet<>();
        sources().forEach(file -> folders.add(SOURCES.relativize(file.getParent())));
        assertThat(folders).isNotEmpty();
        for (Path folder : folders) {
            String name = folder.toString().replace('/', '.').replace('\\', '.');
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }

    private static int length(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
