package io.bocadillo;

import java.lang.StackWalker.Option;

/** Where in the application's source something was registered: {@code Main.java:12}. */
record Place(String file, int line) {

    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    /** The innermost frame outside the JDK and the classes an application registers things with. */
    static Place ofCaller() {
        return STACK.walk(frames -> frames.filter(frame -> !isPassedThrough(frame.getDeclaringClass()))
                .findFirst()
                .map(frame -> new Place(String.valueOf(frame.getFileName()), frame.getLineNumber()))
                .orElseThrow());
    }

    private static boolean isPassedThrough(Class<?> type) {
        return type.getClassLoader() == null
                || Router.class.isAssignableFrom(type)
                || type == Route.class
                || type == Mount.class
                || type == StaticAreas.class
                || type == Media.class
                || type == Names.class
                || type == Placed.class
                || type == Place.class;
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
