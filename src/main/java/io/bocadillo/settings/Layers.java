package io.bocadillo.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All sources of settings; the first that has a setting wins.
 *
 * <pre>
 *   arguments                      --max-body=2MiB
 *   system properties              -Dmax-body=2MiB
 *   environment                    MAX_BODY=2MiB
 *   .env                           MAX_BODY=2MiB
 *   application-{env}.properties   max-body=2MiB    in the working directory, then on the class path
 *   application.properties         max-body=2MiB    in the working directory, then on the class path
 *   what the server has            init parameters of a servlet, then of its context
 * </pre>
 *
 * <p>Immutable: what is read is read once.
 */
public final class Layers {

    /** The setting that chooses {@code application-{env}.properties}. */
    public static final String ENV = "env";

    /** None at all. */
    public static final Layers NONE = new Layers(List.of());

    /** It becomes part of the name of a file. */
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final String FILE = "application";

    private final List<Layer> layers;

    private Layers(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    /** These alone. */
    public static Layers of(Layer... layers) {
        return new Layers(List.of(layers));
    }

    /**
     * Reads them all.
     *
     * @param last what the server has
     * @throws IllegalArgumentException for a source that is malformed or can't be read
     */
    public static Layers read(Surroundings surroundings, List<Layer> last, String... arguments) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("argument --{}", Arguments.parse(arguments)));
        layers.add(new Layer("system property {}", surroundings.properties(), Layer.Naming.KEYS_AMONG_OTHERS));
        layers.add(new Layer("environment variable {}", surroundings.environment(), Layer.Naming.VARIABLES));
        layers.add(surroundings.dotEnv());
        int files = layers.size();
        layers.addAll(last);
        Found env = new Layers(layers).find(ENV);
        List<Layer> ofFiles = new ArrayList<>();
        if (env != null) {
            addFiles(ofFiles, surroundings, FILE + "-" + checked(env) + ".properties");
        }
        addFiles(ofFiles, surroundings, FILE + ".properties");
        layers.addAll(files, ofFiles);
        return new Layers(layers);
    }

    /** What the first source says that has the setting; null if none has. */
    public @Nullable Found find(String key) {
        for (Layer layer : layers) {
            Found found = layer.find(key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The settings in arguments, files and what the server has, sorted: the sources that have nothing else in them. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        layers.forEach(layer -> keys.addAll(layer.keys()));
        return keys;
    }

    private static void addFiles(List<Layer> layers, Surroundings surroundings, String name) {
        layers.add(surroundings.propertiesInDirectory(name));
        layers.add(surroundings.propertiesOnClassPath(name));
    }

    private static String checked(Found env) {
        if (!ENVIRONMENT_NAME.matcher(env.text()).matches()) {
            throw new IllegalArgumentException(
                    "setting 'env' (" + env.source() + "): expected a name like production, of"
                            + " letters, digits, - and _, got another text. Give --env=NAME, which comes first.");
        }
        return env.text();
    }
}
