package io.bocadillo.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All sources of settings; the first that has a setting wins.
 *
 * <pre>
 *   arguments                      --max-body=2MiB
 *   system properties              -Dmax-body=2MiB
 *   environment                    BOCADILLO_MAX_BODY=2MiB, and PORT=8080 for server.port=8080
 *   .env                           BOCADILLO_MAX_BODY=2MiB, and PORT=8080
 *   application-{env}.properties   max-body=2MiB    in the working directory, then on the class path
 *   application.properties         max-body=2MiB    in the working directory, then on the class path
 *   what the server has            init parameters of a servlet, then of its context
 * </pre>
 *
 * <p>What is read is read once. Two that have read the same are equal.
 *
 * @param layers the first comes before all others
 */
public record Layers(List<Layer> layers) {

    /** The setting that chooses {@code application-{env}.properties}. */
    public static final String ENV = "env";

    /** The source of a port that a hosting platform has chosen. */
    public static final String PLATFORM = "environment variable PORT";

    /** None at all. */
    public static final Layers NONE = new Layers(List.of());

    /** The variable in which hosting platforms say where an app is to listen, and the setting that it stands for. */
    private static final String PORT = "PORT";

    private static final String SERVER_PORT = "server.port";

    /** It becomes part of the name of a file. */
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final String FILE = "application";

    /** Keeps a copy of the list. */
    public Layers {
        layers = List.copyOf(layers);
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
        layers.add(
                new Layer("environment variable {}", surroundings.environment(), Layer.Naming.VARIABLES_AMONG_OTHERS));
        layers.add(new Layer(PLATFORM, port(surroundings.environment())));
        Layer dotEnv = surroundings.dotEnv();
        layers.add(dotEnv);
        layers.add(new Layer(PORT + " in " + dotEnv, port(dotEnv.values())));
        int files = layers.size();
        layers.addAll(last);
        Found env = new Layers(layers).find(ENV, Variables.ofOwn(ENV));
        List<Layer> ofFiles = new ArrayList<>();
        if (env != null) {
            addFiles(ofFiles, surroundings, FILE + "-" + checked(env) + ".properties");
        }
        addFiles(ofFiles, surroundings, FILE + ".properties");
        layers.addAll(files, ofFiles);
        return new Layers(layers);
    }

    /** What the first source says that has the setting; null if none has. */
    public @Nullable Found find(String key, String variable) {
        for (Layer layer : layers) {
            Found found = layer.find(key, variable);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * What stands under the keys of settings in sources that have nothing else in them, sorted by the keys: arguments,
     * files of properties, what the server has.
     */
    public Map<String, Found> keys() {
        return written(layer -> !layer.hasVariables());
    }

    /** The variables of {@code .env}, and those of the environment whose prefix says that they are Bocadillo's, sorted. */
    public Map<String, Found> variables() {
        return written(Layer::hasVariables);
    }

    /** The same, but of sources that others have too, what has one of these names: of keys, or of variables. */
    public Layers narrowed(Set<String> names) {
        return new Layers(layers.stream().map(layer -> layer.narrowed(names)).toList());
    }

    /** Of several layers that have one, the first counts. */
    private Map<String, Found> written(Predicate<Layer> which) {
        Map<String, Found> written = new TreeMap<>();
        layers.stream().filter(which).forEach(layer -> layer.written().forEach(written::putIfAbsent));
        return written;
    }

    private static Map<String, String> port(Map<String, String> variables) {
        String port = variables.getOrDefault(PORT, "").strip();
        return port.isEmpty() ? Map.of() : Map.of(SERVER_PORT, port);
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
