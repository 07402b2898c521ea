package io.bocadillo.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an exchange with its connection, so that the client does not take a part of an answer for whole, or waits no more
 * to send its body.
 *
 * <p>The Servlet API has no call for that. Containers close the connection when {@code service()} throws after the commit,
 * in an asynchronous exchange after another dispatch: Tomcat quietly for an exception of its own, Jetty for any. Undertow
 * ends the answer in good form even then, so its connection is closed directly.
 */
final class Abort {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final String CAUSE = Abort.class.getName();

    private Abort() {}

    /** Lets the container call {@code service()} once more, which then throws. */
    static void dispatch(HttpServletRequest request, AsyncContext context, AbortException cause) {
        request.setAttribute(CAUSE, cause);
        context.dispatch();
    }

    /** Throws in {@code service()} if that is what it was dispatched for. */
    static void throwIfDispatched(HttpServletRequest request) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC
                && request.getAttribute(CAUSE) instanceof AbortException cause) {
            throw closing(request, cause);
        }
    }

    /** What {@code service()} has to throw. */
    static IOException closing(HttpServletRequest request, AbortException cause) {
        try {
            return switch (Container.of(request)) {
                case TOMCAT -> tomcatsOwn(Container.innermost(request));
                case UNDERTOW -> closed(request, cause);
                case JETTY, OTHER -> cause;
            };
        } catch (ReflectiveOperationException | IOException failure) {
            LOG.debug("the connection could not be closed in the way of the container", failure);
            return cause;
        }
    }

    private static IOException tomcatsOwn(Object request) throws ReflectiveOperationException {
        ClassLoader tomcat = request.getClass().getClassLoader();
        return (IOException) Class.forName("org.apache.coyote.CloseNowException", true, tomcat)
                .getConstructor()
                .newInstance();
    }

    private static IOException closed(HttpServletRequest request, AbortException cause)
            throws ReflectiveOperationException, IOException {
        ((Closeable) Container.connection(request)).close();
        return cause;
    }
}
