fn main() {
    let tides = ["ebb", "flood"];
    println!("{}", tides.join(" and "));
}
