package io.bocadillo.staticfiles;

import io.bocadillo.files.Resource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place where files are, looked for by names that are {@linkplain ServedNames served}. Safe for use by many threads. */
interface Source {

    /** The file of these names, folders first; null if there is none. It blocks as a disk does. */
    @Nullable
    Resource find(List<String> names, WebAppResources webApp) throws IOException;
}
