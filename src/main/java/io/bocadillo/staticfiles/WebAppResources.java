package io.bocadillo.staticfiles;

import java.net.URL;
import org.jspecify.annotations.Nullable;

/** For servers: the resources of a web application, which a server hands over with each request. */
@FunctionalInterface
public interface WebAppResources {

    /** The URL of a resource by its path from the root of the web application, with a slash before it; null if there is none. */
    @Nullable
    URL find(String path);
}
