package io.bocadillo.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What is done with the container's response as long as it is this exchange's. */
@FunctionalInterface
interface ResponseTask {
    void run(HttpServletResponse response) throws IOException;
}
