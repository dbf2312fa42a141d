class Format {
    static String line(String name, int count) {
        return count + " × " + name;
    }
}
