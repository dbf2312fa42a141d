fn main() {
    for name in std::env::args().skip(1) {
        println!("{}", ships::call(&name));
    }
    if std::env::args().len() < 2 {
        eprintln!("usage: harbour-master SHIP...");
        std::process::exit(2);
    }
}
