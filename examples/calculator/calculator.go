// A calculator for the command line: it reads lines such as "2 * 3" and answers "Result: 6".
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		line := strings.TrimSpace(input.Text())
		if line == "exit" {
			return
		}
		if line == "" {
			continue
		}
		result, err := calculate(strings.Fields(line))
		if err != nil {
			fmt.Println("Error:", err)
			continue
		}
		fmt.Println("Result:", strconv.FormatFloat(result, 'f', -1, 64))
	}
}

func calculate(words []string) (float64, error) {
	if len(words) != 3 {
		return 0, fmt.Errorf("expected NUMBER OPERATOR NUMBER")
	}
	left, err := strconv.ParseFloat(words[0], 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", words[0])
	}
	right, err := strconv.ParseFloat(words[2], 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", words[2])
	}
	switch words[1] {
	case "+":
		return left + right, nil
	case "-":
		return left - right, nil
	case "*":
		return left * right, nil
	case "/":
		if right == 0 {
			return 0, fmt.Errorf("division by zero")
		}
		return left / right, nil
	}
	return 0, fmt.Errorf("unknown operator %q", words[1])
}
