package example;

import com.google.gson.Gson;
import java.io.InputStreamReader;
import java.util.Map;

public class Manifest {
    public static void main(String[] arguments) {
        Map<?, ?> cargo = new Gson().fromJson(new InputStreamReader(System.in), Map.class);
        System.out.println(cargo.get("name") + " weighs " + cargo.get("tons"));
    }
}
