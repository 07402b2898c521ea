package io.bocadillo.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/**
 * A stream that a filter has put in the place of the container's.
 *
 * <p>Few of them implement the listeners of non-blocking I/O, and some accept a listener never to call it. So they are
 * read and written blocking; most of them are in memory anyway.
 */
final class FilterStream {

    private FilterStream() {}

    static boolean is(ServletInputStream in, ServletRequest request) {
        return request instanceof ServletRequestWrapper && !samePackage(in, Container.innermost(request));
    }

    static boolean is(ServletOutputStream out, ServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        return innermost != response && !samePackage(out, innermost);
    }

    /** Containers keep their streams where they keep their requests; filters are elsewhere. */
    private static boolean samePackage(Object stream, Object container) {
        return stream.getClass().getPackageName().equals(container.getClass().getPackageName());
    }
}
