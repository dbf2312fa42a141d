use std::io::{BufRead, BufReader, Result, Write};
use std::net::TcpListener;

fn main() -> Result<()> {
    for stream in TcpListener::bind("0.0.0.0:8080")?.incoming() {
        let mut stream = stream?;
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or("/");
        let body = format!("Hello from Rust at {path}\n");
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}", body.len());
        let _ = write!(stream, "{head}\r\nConnection: close\r\n\r\n{body}");
    }
    Ok(())
}
