package example;

public class Anchor {
    public static void main(String[] arguments) {
        System.out.println("anchored");
    }
}
