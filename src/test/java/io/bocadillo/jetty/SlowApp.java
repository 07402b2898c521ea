package io.bocadillo.jetty;

import io.bocadillo.App;
import java.util.concurrent.CountDownLatch;

/** An app in a process of its own, for the tests that end it. */
final class SlowApp {

    private SlowApp() {}

    public static void main(String[] args) {
        Thread main = Thread.currentThread();
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(told::countDown));
        App app = new App();
        app.get("/thread", (req, res) -> res.text(Thread.currentThread().toString()));
        app.get("/slow", (req, res) -> {
            System.out.println("in flight");
            Thread.sleep(1500);
            return res.text("finished");
        });
        app.get("/until-told", (req, res) -> {
            System.out.println("in flight");
            told.await();
            Thread.sleep(300);
            return res.text("finished");
        });
        app.post("/stop", (req, res) -> {
            main.interrupt(); // which stops the server on that thread
            return res.empty();
        });
        app.onShutdown(() -> {
            Thread.sleep(300);
            System.out.println("shut down");
        });
        app.run();
    }
}
