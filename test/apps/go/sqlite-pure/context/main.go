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
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT)"); err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /notes/{name}", func(w http.ResponseWriter, r *http.Request) { keep(w, r, db) })
	mux.HandleFunc("GET /notes", func(w http.ResponseWriter, _ *http.Request) { list(w, db) })
	log.Fatal(http.ListenAndServe(":8080", mux))
}

func keep(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	if _, err := db.Exec("INSERT OR REPLACE INTO notes VALUES (?, ?)", r.PathValue("name"), r.FormValue("text")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(w, "kept")
}

func list(w http.ResponseWriter, db *sql.DB) {
	rows, err := db.Query("SELECT name, text FROM notes ORDER BY name")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			log.Print(err)
			return
		}
		fmt.Fprintf(w, "%s: %s\n", name, text)
	}
}
