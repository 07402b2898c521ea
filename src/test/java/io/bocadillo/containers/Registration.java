package io.bocadillo.containers;

import io.bocadillo.App;
import io.bocadillo.servlet.BocadilloServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebFilter;
import java.util.EnumSet;
import java.util.Set;

/** Registers the servlet and the filters before it, as a web application would on any container. */
record Registration(Home home, App app) implements ServletContainerInitializer {

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) throws ServletException {
        for (String name : home.filters()) {
            Filter filter = filter(name);
            WebFilter about = filter.getClass().getAnnotation(WebFilter.class);
            FilterRegistration.Dynamic registration = context.addFilter(name, filter);
            registration.setAsyncSupported(about != null && about.asyncSupported());
            registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }
        ServletRegistration.Dynamic servlet = context.addServlet("bocadillo", new BocadilloServlet(app));
        servlet.setAsyncSupported(home.async());
        servlet.setLoadOnStartup(1);
        servlet.setMultipartConfig(new MultipartConfigElement(""));
        servlet.addMapping(home.mappings().toArray(String[]::new));
    }

    private static Filter filter(String name) throws ServletException {
        try {
            return (Filter) Launcher.instance(name);
        } catch (ReflectiveOperationException mistake) {
            throw new ServletException(mistake);
        }
    }
}
