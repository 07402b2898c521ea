package io.bocadillo.servlet;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of any interface that answers some of its methods, by name, and refuses the others. */
record Answers(Map<String, ?> values) implements InvocationHandler {

    static <T> T of(Class<T> type, Map<String, ?> values) {
        return type.cast(
                Proxy.newProxyInstance(Answers.class.getClassLoader(), new Class<?>[] {type}, new Answers(values)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (!values.containsKey(method.getName())) {
            throw new UnsupportedOperationException(method.toString());
        }
        return values.get(method.getName());
    }
}
