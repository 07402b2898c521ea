package io.bocadillo.servlet;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a container serves the servlet: its context path, and the part of its mapping before the {@code /*}.
 *
 * <p>The context path is asked for once, because Tomcat normalises it anew at each call.
 *
 * @param fixed the base path of every request; null if the servlet has several mappings
 */
record BasePath(String contextPath, @Nullable String fixed) {

    static BasePath of(ServletConfig config) {
        String path = config.getServletContext().getContextPath();
        String contextPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        ServletRegistration registration = config.getServletContext().getServletRegistration(config.getServletName());
        Collection<String> mappings = registration == null ? List.of() : registration.getMappings();
        return new BasePath(
                contextPath,
                mappings.size() == 1 ? contextPath + prefix(mappings.iterator().next()) : null);
    }

    String forRequest(HttpServletRequest request) {
        return fixed != null
                ? fixed
                : contextPath + prefix(request.getHttpServletMapping().getPattern());
    }

    /** Only a mapping {@code /x/*} has a part that every path under it shares (Servlet 6.0, section 12.2). */
    private static String prefix(String pattern) {
        return pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : "";
    }
}
