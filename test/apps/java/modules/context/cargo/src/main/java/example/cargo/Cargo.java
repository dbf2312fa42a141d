package example.cargo;

import java.util.List;

public record Cargo(String name, int tons) {
    public static List<Cargo> manifest() {
        return List.of(new Cargo("tea", 40), new Cargo("tin", 120));
    }
}
