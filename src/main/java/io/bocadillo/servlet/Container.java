package io.bocadillo.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.nio.channels.Channel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What containers do differently, as the parity tests measure it; of one that is not known the worst is assumed. */
enum Container {
    JETTY("org.eclipse.jetty.") {
        @Override
        boolean dropsUnreadBodies() {
            return true;
        }

        @Override
        Charset formCharset() {
            return StandardCharsets.UTF_8;
        }

        @Override
        @Nullable
        Executor threads(ServletContext context) {
            if (!(context.getAttribute("org.eclipse.jetty.server.Executor") instanceof Executor threads)) {
                return null;
            }
            ClassLoader loader = context.getClassLoader();
            return task -> threads.execute(() -> {
                Thread thread = Thread.currentThread();
                ClassLoader outside = thread.getContextClassLoader();
                thread.setContextClassLoader(loader);
                try {
                    task.run();
                } finally {
                    thread.setContextClassLoader(outside);
                }
            });
        }
    },

    TOMCAT("org.apache.catalina."),

    UNDERTOW("io.undertow.") {
        @Override
        boolean hasClosed(ServletRequest request) {
            try {
                return !((Channel) connection(request)).isOpen();
            } catch (ReflectiveOperationException unknown) {
                return false;
            }
        }
    },

    OTHER("");

    private final String packages;

    Container(String packages) {
        this.packages = packages;
    }

    static Container of(ServletRequest request) {
        String name = innermost(request).getClass().getName();
        for (Container container : values()) {
            if (name.startsWith(container.packages)) {
                return container;
            }
        }
        throw new AssertionError("OTHER takes every name");
    }

    /** The container's own request, inside the wrappers of filters. */
    static ServletRequest innermost(ServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost;
    }

    /** Undertow's connection of a request, which is a {@link Channel}. */
    static Object connection(ServletRequest request) throws ReflectiveOperationException {
        Object innermost = innermost(request);
        Object exchange = innermost.getClass().getMethod("getExchange").invoke(innermost);
        return exchange.getClass().getMethod("getConnection").invoke(exchange);
    }

    /** Whether the container has closed the connection: Undertow does when a read fails, and calls no listener then. */
    boolean hasClosed(ServletRequest request) {
        return false;
    }

    /** Whether the callbacks of non-blocking I/O come on threads that may block; Undertow's come on its I/O threads. */
    boolean callbacksMayBlock() {
        return this == JETTY || this == TOMCAT;
    }

    /** Whether a blocking write ends after a while when the client takes nothing; Undertow has no such limit. */
    boolean limitsBlockingWrites() {
        return this == JETTY || this == TOMCAT;
    }

    /**
     * Whether the container uses its objects for other requests as soon as its listeners know of an error; Jetty and
     * Undertow wait until the exchange is completed.
     */
    boolean reusesAfterErrors() {
        return this == TOMCAT || this == OTHER;
    }

    /**
     * Whether the objects of an exchange stay its own after its listeners have been told of the end: Undertow makes new
     * ones for each, and calls listeners on its I/O threads, where no code of an app may run.
     */
    boolean outlivesListeners() {
        return this == UNDERTOW;
    }

    /**
     * Whether a body of unknown length is sent in chunks as soon as the head says so, to a client too that asks for the
     * connection to be closed; Tomcat sends it so anyway.
     */
    boolean chunksIfDeclared() {
        return this == JETTY || this == UNDERTOW;
    }

    /** Whether a body that nobody has read is dropped without a thread that waits for the rest of it. */
    boolean dropsUnreadBodies() {
        return false;
    }

    /**
     * Threads for what may outlive its exchange, null for those of the asynchronous mode: Jetty's forgets a task that has
     * not begun when the exchange is completed.
     */
    @Nullable
    Executor threads(ServletContext context) {
        return null;
    }

    /** What the parameters of a form are decoded with that names no charset (Servlet 6.0, section 3.12). */
    Charset formCharset() {
        return StandardCharsets.ISO_8859_1;
    }
}
