// Notes keeps notes in a database file.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"net/http"
	"os"

	_ "modernc.org/sqlite"
)

func main() {
	db, err := sql.Open("sqlite", os.Getenv("NOTES_DB"))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT)"); err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /notes", func(w http.ResponseWriter, r *http.Request) { add(w, r, db) })
	mux.HandleFunc("GET /notes", func(w http.ResponseWriter, _ *http.Request) { list(w, db) })
	log.Fatal(http.ListenAndServe(":8080", mux))
}

func add(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	if _, err := db.Exec("INSERT INTO notes (text) VALUES (?)", r.FormValue("text")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintln(w, "kept")
}

func list(w http.ResponseWriter, db *sql.DB) {
	rows, err := db.Query("SELECT id, text FROM notes ORDER BY id")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			log.Print(err)
			return
		}
		fmt.Fprintf(w, "%d %s\n", id, text)
	}
}
