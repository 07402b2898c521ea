package io.bocadillo.load;

import io.bocadillo.App;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import java.util.function.Supplier;

/** A server in a Java process of its own: says its port, and ends when its input does. */
final class ServerProcess {

    private ServerProcess() {}

    public static void main(String[] args) throws Exception {
        Class<? extends Supplier<App>> app = app(args[1]);
        try (Running server = Container.valueOf(args[0]).start(new Home("", "/*"), app)) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {}
        }
        System.exit(0);
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Supplier<App>> app(String name) throws ClassNotFoundException {
        return (Class<? extends Supplier<App>>) Class.forName(name).asSubclass(Supplier.class);
    }
}
