package io.bocadillo.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container's request as a mounted servlet sees it: where it is mounted, and with a body that middleware has taken. */
final class MountedRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final ServletCall call;
    private final MountPath path;
    private final boolean isFirst;
    private final @Nullable TakenBody body;
    private @Nullable Map<String, String[]> parameters;
    private volatile boolean dispatched;
    private volatile @Nullable AsyncContext async;

    /** As if the servlet had a mapping of its own, and were it for the prefix. */
    private record Mapping(String getMatchValue, String getPattern, String getServletName)
            implements HttpServletMapping {

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.PATH;
        }
    }

    MountedRequest(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletCall call,
            MountPath path,
            boolean isFirst) {
        super(request);
        this.response = response;
        this.call = call;
        this.path = path;
        this.isFirst = isFirst;
        this.body = call.body();
    }

    /**
     * From here on it says where the container has dispatched it to, and another one says where the servlet is mounted:
     * some containers dispatch what {@code startAsync} was given, with a request of theirs inside or around it.
     */
    void dispatched() {
        dispatched = true;
    }

    @Override
    public String getServletPath() {
        return dispatched ? super.getServletPath() : path.servletPath();
    }

    @Override
    public @Nullable String getPathInfo() {
        return dispatched ? super.getPathInfo() : path.pathInfo();
    }

    @Override
    public @Nullable String getPathTranslated() {
        if (dispatched) {
            return super.getPathTranslated();
        }
        return path.pathInfo() == null ? null : getServletContext().getRealPath(path.pathInfo());
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        if (dispatched) {
            return super.getHttpServletMapping();
        }
        String matched = path.pathInfo() == null ? "" : path.pathInfo().substring(1);
        return new Mapping(matched, path.servletPath() + "/*", call.servletName());
    }

    @Override
    public DispatcherType getDispatcherType() {
        if (dispatched) {
            return super.getDispatcherType();
        }
        return isFirst ? call.dispatcherType() : DispatcherType.ASYNC;
    }

    /** Not if a filter before the app has started it; the container says that it could be. */
    @Override
    public boolean isAsyncSupported() {
        return super.isAsyncSupported() && (dispatched || call.supportsAsync());
    }

    /** With this request: the container's own knows nothing of the mount. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        AsyncContext context = super.startAsync(request, response);
        if (dispatched) {
            return context;
        }
        call.started(context);
        AsyncContext mine = new MountedAsync(context, call.later());
        async = mine;
        return mine;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext mine = async;
        return dispatched || mine == null ? super.getAsyncContext() : mine;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : body.stream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return body == null ? super.getReader() : body.reader(getCharacterEncoding());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (body == null) {
            return super.getParameterMap();
        }
        Map<String, String[]> all = parameters;
        if (all == null) {
            all = body.parameters(super.getParameterMap());
            parameters = all;
        }
        return all;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        checkParts();
        return super.getParts();
    }

    @Override
    public Part getPart(String name) throws IOException, ServletException {
        checkParts();
        return super.getPart(name);
    }

    private void checkParts() {
        if (body != null) {
            throw TakenBody.taken();
        }
    }
}
