package io.bocadillo.staticfiles;

import io.bocadillo.files.Resource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of the class path, in all its jars and folders at once; the first of them that has a file counts. */
final class ClassPathFolder implements Source {

    private final ClassLoader loader;
    private final String folder;
    private final UrlLookup urls = new UrlLookup();

    /** As the thread sees the class path that creates it: in a web app, that is the app's. */
    ClassPathFolder(String folder) {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        this.loader = ofThread == null ? ClassPathFolder.class.getClassLoader() : ofThread;
        this.folder = folder;
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public @Nullable Resource find(List<String> names, WebAppResources webApp) throws IOException {
        return urls.find(loader.getResource(folder + "/" + String.join("/", names)), names);
    }
}
