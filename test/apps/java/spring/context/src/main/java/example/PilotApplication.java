package example;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class PilotApplication {
    @Value("${pilot.name}")
    private String name;

    public static void main(String[] arguments) {
        SpringApplication.run(PilotApplication.class, arguments);
    }

    @GetMapping(path = "/", produces = "text/plain")
    String pilot() {
        return "pilot: " + name + "\n";
    }
}
