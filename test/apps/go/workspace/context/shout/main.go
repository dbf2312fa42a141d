// Shout repeats its input, louder: a program of one module that uses a package of the other.
package main

import (
	"bufio"
	"fmt"
	"os"

	"example.com/words"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(words.Loud(lines.Text()))
	}
}
