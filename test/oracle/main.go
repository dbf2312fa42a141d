// The oracle answers what BuildKit's Dockerfile frontend makes of a text. Each line of standard input is a JSON
// question, each line of standard output its JSON answer, in order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// question is either a Dockerfile or a word to expand.
type question struct {
	Text   *string           `json:"text"`
	Word   *string           `json:"word"`
	Escape string            `json:"escape"`
	Env    map[string]string `json:"env"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	decoder := json.NewDecoder(in)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for decoder.More() {
		var asked question
		if err := decoder.Decode(&asked); err != nil {
			fail(err)
		}
		if err := encoder.Encode(answer(asked)); err != nil {
			fail(err)
		}
	}
}

func answer(asked question) any {
	if asked.Word != nil {
		return expand(asked)
	}
	return read(*asked.Text)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
