package example.ship;

import example.cargo.Cargo;

public class Ship {
    public static void main(String[] arguments) {
        for (Cargo cargo : Cargo.manifest()) System.out.println(cargo.name() + ": " + cargo.tons() + " t");
    }
}
