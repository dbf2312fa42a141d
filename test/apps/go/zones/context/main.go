// Meeting says what the clocks of several places show at the same moment.
package main

import (
	"fmt"
	"os"
	"time"
)

// An hour after Europe's clocks went forward.
var moment = time.Date(2026, time.March, 29, 2, 0, 0, 0, time.UTC)

func main() {
	for _, name := range os.Args[1:] {
		zone, err := time.LoadLocation(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, "meeting:", err)
			os.Exit(1)
		}
		fmt.Println(moment.In(zone).Format("Mon 15:04 MST"), name)
	}
}
