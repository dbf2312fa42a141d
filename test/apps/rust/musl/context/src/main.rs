fn main() {
    println!("wheee");
}
