// Wordcount counts the words of its input, in a database in memory.
package main

import (
	"bufio"
	"database/sql"
	"fmt"
	"log"
	"os"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	log.SetFlags(0)
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER)"); err != nil {
		log.Fatal(err)
	}
	words := bufio.NewScanner(os.Stdin)
	words.Split(bufio.ScanWords)
	for words.Scan() {
		_, err := db.Exec("INSERT INTO words VALUES (lower(?), 1) ON CONFLICT DO UPDATE SET count = count + 1", words.Text())
		if err != nil {
			log.Fatal(err)
		}
	}
	report(db)
}

func report(db *sql.DB) {
	rows, err := db.Query("SELECT word, count FROM words ORDER BY count DESC, word")
	if err != nil {
		log.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var word string
		var count int
		if err := rows.Scan(&word, &count); err != nil {
			log.Fatal(err)
		}
		fmt.Println(count, word)
	}
}
