package io.bocadillo.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request as a mounted servlet sees it, decoded by the container.
 *
 * @param servletPath the servlet path of the servlet around it, and the prefix of the mount
 * @param pathInfo the rest from its slash; null if there is none
 */
record MountPath(String servletPath, @Nullable String pathInfo) {

    /** The path of a request of which so many segments, after the servlet path, are those of the mount. */
    static MountPath of(HttpServletRequest request, int segments) {
        String pattern = request.getHttpServletMapping().getPattern();
        String whole = whole(request);
        int end = pattern.endsWith("/*") ? pattern.length() - 2 : 0;
        for (int i = 0; i < segments; i++) {
            int slash = whole.indexOf('/', end + 1);
            end = slash < 0 ? whole.length() : slash;
        }
        return split(whole, end);
    }

    /** The path of what the servlet has dispatched to itself; {@link IllegalStateException} if it is another one's. */
    MountPath in(HttpServletRequest dispatched) {
        String whole = whole(dispatched);
        if (!whole.equals(servletPath) && !whole.startsWith(servletPath + "/")) {
            throw new IllegalStateException("dispatch of a mounted servlet: expected a path below '" + servletPath
                    + "', got '" + whole + "'. Answer it here.");
        }
        return split(whole, servletPath.length());
    }

    private static MountPath split(String whole, int end) {
        return new MountPath(whole.substring(0, end), end < whole.length() ? whole.substring(end) : null);
    }

    private static String whole(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }
}
