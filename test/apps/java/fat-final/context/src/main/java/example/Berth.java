package example;

import com.sun.net.httpserver.HttpServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Properties;

public class Berth {
    public static void main(String[] arguments) throws IOException {
        var settings = new Properties();
        try (var stream = new FileInputStream("application.properties")) {
            settings.load(stream);
        }
        byte[] answer = ("berth " + settings.getProperty("berth") + "\n").getBytes();
        var server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }
}
