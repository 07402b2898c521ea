package io.bocadillo.docs;

import io.bocadillo.jetty.ChildJvm;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** In a process of its own, because it runs until that ends; elsewhere than at the port of the page. */
    @Test
    void helloAnswers() throws Exception {
        try (ChildJvm hello = ChildJvm.start(Hello.class)) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(hello.url("/")).build(), BodyHandlers.ofString());
            Shown.text("ReadmeTest#hello", "$ curl http://127.0.0.1:8000/\n" + answer.body());
        }
    }
}
