package io.bocadillo.parity;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

/** Has started the asynchronous mode for itself, so that nothing behind it can. */
@WebFilter(asyncSupported = true)
public final class AsyncFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AsyncContext context = request.startAsync();
        try {
            chain.doFilter(request, response);
        } finally {
            context.complete();
        }
    }
}
