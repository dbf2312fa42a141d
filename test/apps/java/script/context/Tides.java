class Tides {
    public static void main(String[] args) {
        System.out.println(System.getenv("TIDE") + " " + String.join(" ", args));
    }
}
