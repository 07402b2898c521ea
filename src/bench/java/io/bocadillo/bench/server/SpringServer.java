package io.bocadillo.bench.server;

import io.bocadillo.bench.server.Content.Greeting;
import io.bocadillo.bench.server.Content.Note;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The endpoints in Spring MVC, as functional routes. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
class SpringServer implements WebMvcConfigurer {

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final int middleware;

    SpringServer(int middleware) {
        this.middleware = middleware;
    }

    static Servlet servlet(int middleware) {
        GenericWebApplicationContext context = new GenericWebApplicationContext();
        new AnnotatedBeanDefinitionReader(context).registerBean(SpringServer.class, () -> new SpringServer(middleware));
        return new DispatcherServlet(context);
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route()
                .GET("/plaintext", request -> text(Content.TEXT))
                .GET("/json", request -> json(new Greeting(Content.TEXT)))
                .POST("/echo", request -> json(request.body(Note.class)))
                .GET("/wait", request -> ServerResponse.async(Delay.text().thenApply(SpringServer::text)))
                .GET(
                        "/big",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                                .body(Content.BIG));
        for (int i = 0; i < Content.EARLIER_ROUTES; i++) {
            routes.GET(Content.earlierRoute(i), request -> text(request.pathVariable("name")));
        }
        return routes.GET(
                        "/users/{id}/posts/{slug}",
                        request -> text(Content.post(request.pathVariable("id"), request.pathVariable("slug"))))
                .build();
    }

    /** Interceptors, because a filter function finds the header fields of a response read-only. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        for (int i = 1; i <= middleware; i++) {
            registry.addInterceptor(new Header(Content.header(i)));
        }
    }

    private record Header(String name) implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            response.setHeader(name, "1");
            return true;
        }
    }

    private static ServerResponse text(String text) {
        return ServerResponse.ok().contentType(TEXT).body(text);
    }

    private static ServerResponse json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(value);
    }
}
