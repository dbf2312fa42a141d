// Cargo counts the lines of its input that are not empty.
package main

import (
	"bufio"
	"fmt"
	"os"

	"example.com/plural"
)

func main() {
	count := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if lines.Text() != "" {
			count++
		}
	}
	fmt.Println(plural.Of(count, "crate", "crates"))
}
