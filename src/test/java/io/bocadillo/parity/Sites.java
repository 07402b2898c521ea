package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The sites a test class runs at; each server is started once for all classes and stops after the last of them. */
abstract class Sites implements ArgumentsProvider {

    private static final ExtensionContext.Namespace SERVERS = ExtensionContext.Namespace.create(Sites.class);

    private static final Home ROOT = new Home("", "/*");
    private static final Home MIDDLE = new Home("/shop", "/api/*");

    private final List<Home> homes;
    private final Class<? extends Supplier<App>> app;

    private Sites(Class<? extends Supplier<App>> app, Home... homes) {
        this.app = app;
        this.homes = List.of(homes);
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        ExtensionContext.Store servers = context.getRoot().getStore(SERVERS);
        return Arrays.stream(Container.values())
                .flatMap(container -> homes.stream()
                        .map(home -> Arguments.of(new Site(
                                container,
                                servers.computeIfAbsent(
                                        List.of(container, home, app),
                                        key -> container.start(home, app),
                                        Running.class)))));
    }

    /** Both context paths with both mappings. */
    static final class Everywhere extends Sites {
        Everywhere() {
            super(ParityApp.class, ROOT, new Home("", "/api/*"), new Home("/shop", "/*"), MIDDLE);
        }
    }

    /** The root, and a mapping under a context path. */
    static final class TwoHomes extends Sites {
        TwoHomes() {
            super(ParityApp.class, ROOT, MIDDLE);
        }
    }

    /** A mapping under a context path, for what does not depend on the home. */
    static final class OneHome extends Sites {
        OneHome() {
            super(ParityApp.class, MIDDLE);
        }
    }

    /** Behind a filter that changes nothing, one with a stream of its own, and without asynchronous support. */
    static final class Filtered extends Sites {
        Filtered() {
            super(
                    ParityApp.class,
                    MIDDLE.behind(WrappingFilter.class),
                    MIDDLE.behind(OwnStreamFilter.class),
                    MIDDLE.withoutAsync());
        }
    }

    /** An app with all of the middleware that comes with the library. */
    static final class WithBatteries extends Sites {
        WithBatteries() {
            super(BatteriesApp.class, ROOT, MIDDLE);
        }
    }

    /** An app with servlets in it. */
    static final class WithServlets extends Sites {
        WithServlets() {
            super(ServletsApp.class, ROOT, MIDDLE);
        }
    }

    /** An app that gives up soon. */
    static final class Impatient extends Sites {
        Impatient() {
            super(ImpatientApp.class, ROOT, MIDDLE);
        }
    }

    /** An app that has few threads for what blocks. */
    static final class Narrow extends Sites {
        Narrow() {
            super(NarrowApp.class, ROOT);
        }
    }

    /** An app whose clients may not stand still for long. */
    static final class Strict extends Sites {
        Strict() {
            super(StrictApp.class, ROOT);
        }
    }

    /** An app with static files, behind compression. */
    static final class Assets extends Sites {
        Assets() {
            super(AssetsApp.class, ROOT, MIDDLE);
        }
    }
}
