// Visits counts how often its user was here, in a file of that user's own.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	folder, err := os.UserConfigDir()
	if err != nil {
		log.Fatal(err)
	}
	file := filepath.Join(folder, "visits", "count")
	for _, name := range os.Args[1:] {
		count, err := visit(file)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("Welcome, %s: visit %d\n", name, count)
	}
}

// visit reads the count, and writes it back with one more.
func visit(file string) (int, error) {
	text, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return 0, err
	}
	count, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return 0, err
	}
	return count + 1, os.WriteFile(file, []byte(strconv.Itoa(count+1)+"\n"), 0o600)
}
