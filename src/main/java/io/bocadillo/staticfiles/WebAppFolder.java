package io.bocadillo.staticfiles;

import io.bocadillo.files.Resource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of the web application that hosts the app, empty for its root: there is none unless a server hosts it so. */
final class WebAppFolder implements Source {

    private final String prefix;
    private final UrlLookup urls = new UrlLookup();

    WebAppFolder(String folder) {
        this.prefix = folder.isEmpty() ? "/" : "/" + folder + "/";
    }

    @Override
    public @Nullable Resource find(List<String> names, WebAppResources webApp) throws IOException {
        return urls.find(webApp.find(prefix + String.join("/", names)), names);
    }
}
