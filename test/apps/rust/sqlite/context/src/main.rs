use rusqlite::Connection;

fn main() -> rusqlite::Result<()> {
    let ledger = Connection::open_in_memory()?;
    ledger.execute_batch("CREATE TABLE sale (tons INTEGER); INSERT INTO sale VALUES (40), (2);")?;
    let tons: i64 = ledger.query_row("SELECT sum(tons) FROM sale", [], |row| row.get(0))?;
    println!("{tons} tons sold");
    Ok(())
}
