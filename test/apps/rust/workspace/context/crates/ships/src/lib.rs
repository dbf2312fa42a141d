/// The name of a ship, as it is called by radio.
pub fn call(name: &str) -> String {
    name.chars().map(|letter| letter.to_ascii_uppercase().to_string()).collect::<Vec<_>>().join("-")
}
