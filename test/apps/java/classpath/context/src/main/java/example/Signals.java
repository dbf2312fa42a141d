package example;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Signals {
    public static void main(String[] arguments) throws IOException {
        String[] names = new Gson().fromJson(Files.readString(Path.of(arguments[0])), String[].class);
        System.out.println(names.length + " signals: " + String.join(", ", names));
    }
}
