// Inventory answers in JSON what lies in store.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

type item struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

var items = []item{{"anchor", "Anchor", 2}, {"rope", "Rope, 20 m", 14}}

func main() {
	router := chi.NewRouter()
	router.Use(middleware.Recoverer)
	router.Get("/health", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	router.Get("/items", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, items) })
	router.Get("/items/{id}", one)
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), router))
}

func one(w http.ResponseWriter, r *http.Request) {
	for _, each := range items {
		if each.ID == chi.URLParam(r, "id") {
			answer(w, http.StatusOK, each)
			return
		}
	}
	answer(w, http.StatusNotFound, map[string]string{"error": "no such item"})
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}
