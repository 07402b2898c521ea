package io.bocadillo.servlet;

import io.bocadillo.HostedView;
import jakarta.servlet.http.HttpServlet;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets apps mount servlets; one that is mounted in several places, or in several apps, is the same view in all of them. */
public final class MountedServlets implements HostedView.Adapter {

    /** Those that apps have, which alone keep them. */
    private static final List<WeakReference<MountedServlet>> KNOWN = new ArrayList<>();

    /** For {@link java.util.ServiceLoader}. */
    public MountedServlets() {}

    /** An app needs no servlet around it to be mounted. */
    @Override
    public @Nullable HostedView adapt(Object mounted) {
        return mounted instanceof HttpServlet servlet && !(servlet instanceof BocadilloServlet) ? of(servlet) : null;
    }

    private static MountedServlet of(HttpServlet servlet) {
        synchronized (KNOWN) {
            KNOWN.removeIf(known -> known.refersTo(null));
            for (WeakReference<MountedServlet> known : KNOWN) {
                MountedServlet view = known.get();
                if (view != null && view.isOf(servlet)) {
                    return view;
                }
            }
            MountedServlet view = new MountedServlet(servlet);
            KNOWN.add(new WeakReference<>(view));
            return view;
        }
    }
}
