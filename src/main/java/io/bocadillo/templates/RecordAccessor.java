package io.bocadillo.templates;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import ognl.ObjectPropertyAccessor;
import ognl.OgnlException;
import ognl.OgnlRuntime;

/** Lets an expression read a component of a record as it reads a property: {@code ${course.name}}. */
final class RecordAccessor extends ObjectPropertyAccessor {

    static void install() {
        OgnlRuntime.setPropertyAccessor(Record.class, new RecordAccessor());
    }

    @Override
    @SuppressWarnings("rawtypes") // As OGNL has it.
    public Object getProperty(Map context, Object target, Object name) throws OgnlException {
        for (var component : target.getClass().getRecordComponents()) {
            if (component.getName().equals(name)) {
                return read(component.getAccessor(), target);
            }
        }
        return super.getProperty(context, target, name);
    }

    private static Object read(Method accessor, Object target) throws OgnlException {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(target);
        } catch (InvocationTargetException failure) {
            throw new OgnlException(accessor.getName(), failure.getCause());
        } catch (ReflectiveOperationException closed) {
            throw new OgnlException(accessor.getName(), closed);
        }
    }
}
