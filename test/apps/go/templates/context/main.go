// Gallery serves pages of templates, and the files of a folder.
package main

import (
	"html/template"
	"log"
	"net/http"
)

type picture struct {
	Title string
	Year  int
}

var pictures = []picture{{"Ballast & Sail", 1871}, {"The Empty Hold", 1902}}

func main() {
	pages := template.Must(template.ParseGlob("templates/*.html"))
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServer(http.Dir("static"))))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		if err := pages.ExecuteTemplate(w, "index.html", pictures); err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(":8080", mux))
}
