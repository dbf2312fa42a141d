use std::io::stdin;

fn main() {
    let fathoms = stdin().lines().map_while(Result::ok).filter_map(|line| line.trim().parse::<u64>().ok());
    let mut buffer = itoa::Buffer::new();
    println!("{} fathoms in all", buffer.format(fathoms.sum::<u64>()));
}
