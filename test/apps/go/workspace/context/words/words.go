// Package words changes words.
package words

import "strings"

// Loud makes a text loud.
func Loud(text string) string {
	return strings.ToUpper(text) + "!"
}
