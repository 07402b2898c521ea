package io.bocadillo.bench.server;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The middleware of the bare servlet. */
record HeaderFilter(String name) implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
            throws IOException, ServletException {
        ((HttpServletResponse) response).setHeader(name, "1");
        next.doFilter(request, response);
    }
}
