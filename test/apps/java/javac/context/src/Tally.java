import java.util.Scanner;
import java.util.TreeMap;

public class Tally {
    public static void main(String[] arguments) {
        var counts = new TreeMap<String, Integer>();
        var lines = new Scanner(System.in);
        while (lines.hasNextLine()) counts.merge(lines.nextLine(), 1, Integer::sum);
        counts.forEach((name, count) -> System.out.println(Format.line(name, count)));
        if (counts.isEmpty()) System.exit(1);
    }
}
