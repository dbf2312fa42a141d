// A server with what a system is asked for beside it: settings, certificates, a time zone, a folder of its own.
package main

import (
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
)

//go:embed own.crt
var own []byte

func main() {
	config := flag.String("config", "", "file of settings")
	flag.Parse()
	router := chi.NewRouter()
	router.Get("/settings", func(w http.ResponseWriter, _ *http.Request) {
		text, err := os.ReadFile(*config)
		answer(w, strings.TrimSpace(string(text)), err)
	})
	router.Get("/motd", func(w http.ResponseWriter, _ *http.Request) {
		text, err := os.ReadFile(os.Getenv("MOTD"))
		answer(w, strings.TrimSpace(string(text)), err)
	})
	router.Get("/watch", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, os.Getenv("WATCH"), nil)
	})
	router.Get("/zone", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, time.Unix(1750000000, 0).Format("15:04 MST"), nil)
	})
	router.Get("/trust", func(w http.ResponseWriter, _ *http.Request) {
		block, _ := pem.Decode(own)
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err == nil {
			_, err = certificate.Verify(x509.VerifyOptions{})
		}
		answer(w, "trusted", err)
	})
	router.Post("/visits", func(w http.ResponseWriter, _ *http.Request) {
		err := os.WriteFile("visits", []byte("1\n"), 0o644)
		answer(w, "counted", err)
	})
	if err := http.ListenAndServe(":8080", router); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(w http.ResponseWriter, text string, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(w, text)
}
