package io.bocadillo.parity;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

/** Reads the whole body, and keeps nothing of it. */
@WebFilter(asyncSupported = true)
public final class ReadingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLength() > 0) {
            request.getInputStream().readAllBytes();
        }
        chain.doFilter(request, response);
    }
}
