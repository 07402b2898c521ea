package io.bocadillo.containers;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Inside a container's class loader: brings what its threads log through the JDK into the log of the container. */
public final class LogBridge extends Handler {

    /** Held, because the JDK holds its loggers weakly. */
    private static final List<Logger> SOURCES = List.of(
            Logger.getLogger("org.apache"),
            Logger.getLogger("io.undertow"),
            Logger.getLogger("org.xnio"),
            Logger.getLogger("org.jboss"));

    private final SimpleFormatter formatter = new SimpleFormatter();

    public static void install() {
        LogBridge bridge = new LogBridge();
        for (Logger source : SOURCES) {
            source.setUseParentHandlers(false);
            source.addHandler(bridge);
        }
        LoggerFactory.getLogger(LogBridge.class).info("log begins");
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record) || !isOurs(Thread.currentThread().getContextClassLoader())) {
            return;
        }
        org.slf4j.Logger target = LoggerFactory.getLogger(record.getLoggerName());
        String message = formatter.formatMessage(record);
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            target.error(message, record.getThrown());
        } else if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            target.warn(message, record.getThrown());
        } else {
            target.info(message, record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** Loggers are of the whole JVM; threads are of one container. */
    private static boolean isOurs(ClassLoader loader) {
        for (ClassLoader ancestor = loader; ancestor != null; ancestor = ancestor.getParent()) {
            if (ancestor == LogBridge.class.getClassLoader()) {
                return true;
            }
        }
        return false;
    }
}
