use std::fs::read_to_string;

const HEAD: &str = include_str!("head.txt");

fn main() -> std::io::Result<()> {
    print!("{HEAD}");
    for line in read_to_string("data/lights.txt")?.lines() {
        let (name, flashes) = line.split_once(' ').unwrap_or((line, "0"));
        println!("{name}: {}", "*".repeat(flashes.parse().unwrap_or(0)));
    }
    Ok(())
}
