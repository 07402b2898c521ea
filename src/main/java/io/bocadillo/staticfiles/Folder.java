package io.bocadillo.staticfiles;

import io.bocadillo.files.FileVersion;
import io.bocadillo.files.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A folder of a file system, which may be a link that changes; no file outside of it is found, whatever links there are. */
record Folder(Path root) implements Source {

    @Override
    public @Nullable Resource find(List<String> names, WebAppResources webApp) throws IOException {
        return find(names);
    }

    @Nullable
    Resource find(List<String> names) throws IOException {
        try {
            Path file = root.resolve(String.join("/", names));
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                return null;
            }
            Path real = file.toRealPath();
            Path realRoot = root.toRealPath();
            return real.startsWith(realRoot) && isServed(realRoot.relativize(real)) ? FileVersion.of(real) : null;
        } catch (InvalidPathException | NoSuchFileException none) {
            return null;
        }
    }

    /** The real name may be another one, where a link leads or where case and short forms do not count. */
    private static boolean isServed(Path relative) {
        return ServedNames.areServed(StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .toList());
    }
}
