// Package plural says how many there are.
package plural

import "strconv"

// Of is the count with the noun's right form.
func Of(count int, one, many string) string {
	if count == 1 {
		return "1 " + one
	}
	return strconv.Itoa(count) + " " + many
}
