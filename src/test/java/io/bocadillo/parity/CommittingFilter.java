package io.bocadillo.parity;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

/** Sends a head and some bytes of its own before the app is asked. */
@WebFilter(asyncSupported = true)
public final class CommittingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.getOutputStream().write("early ".getBytes());
        response.flushBuffer();
        chain.doFilter(request, response);
    }
}
