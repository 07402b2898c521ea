package io.bocadillo.staticfiles;

import io.bocadillo.files.FileVersion;
import io.bocadillo.files.Resource;
import io.bocadillo.files.UrlResource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What URLs of a class loader or a server name: files, which may change and are looked at each time, or entries of jars,
 * which are looked at once as long as the jar is the same. It remembers no more than there is.
 */
final class UrlLookup {

    private final Map<String, Looked> known = new ConcurrentHashMap<>();

    /**
     * What was found.
     *
     * @param jar as it was before; empty if that is no file
     */
    private record Looked(Optional<UrlResource> resource, Optional<FileVersion> jar) {

        boolean isGood(Optional<FileVersion> jarNow) {
            return jar.equals(jarNow) && !resource.map(UrlResource::isReplaced).orElse(false);
        }
    }

    /** The resource of that URL, which ends with these names; null for no URL, a folder, or a link that leads out. */
    @Nullable
    Resource find(@Nullable URL url, List<String> names) throws IOException {
        if (url == null) {
            return null;
        }
        if (url.getProtocol().equals("file")) {
            return new Folder(rootOf(url, names.size())).find(names);
        }
        Optional<FileVersion> jar = UrlResource.jarOf(url);
        Looked looked = known.get(url.toExternalForm());
        if (looked == null || !looked.isGood(jar)) {
            looked = new Looked(UrlResource.of(url), jar);
            known.put(url.toExternalForm(), looked);
        }
        return looked.resource().orElse(null);
    }

    private static Path rootOf(URL file, int depth) throws IOException {
        try {
            Path root = Path.of(file.toURI());
            for (int i = 0; i < depth; i++) {
                root = Objects.requireNonNull(root.getParent());
            }
            return root;
        } catch (URISyntaxException unescaped) {
            throw new IOException(unescaped);
        }
    }
}
