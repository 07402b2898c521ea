package io.bocadillo.servlet;

import io.bocadillo.HostedView;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;

/** Lets apps mount servlets. */
public final class MountedServlets implements HostedView.Adapter {

    /** For {@link java.util.ServiceLoader}. */
    public MountedServlets() {}

    /** An app needs no servlet around it to be mounted. */
    @Override
    public @Nullable HostedView adapt(Object mounted) {
        return mounted instanceof HttpServlet servlet && !(servlet instanceof BocadilloServlet)
                ? new MountedServlet(servlet)
                : null;
    }
}
