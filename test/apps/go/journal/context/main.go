// Journal appends the lines of its input to a file, and prints what the file holds then.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
)

const file = "data/journal.txt"

func main() {
	log.SetFlags(0)
	if err := add(); err != nil {
		log.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(string(text))
}

func add() error {
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	lines := bufio.NewScanner(os.Stdin)
	for number := 1; lines.Scan(); number++ {
		if _, err := fmt.Fprintf(out, "%d: %s\n", number, lines.Text()); err != nil {
			return err
		}
	}
	return lines.Err()
}
