// Units converts lengths: a program with subcommands, each with flags of its own.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fail("name a subcommand: convert, list or help")
	}
	switch name, args := os.Args[1], os.Args[2:]; name {
	case "convert":
		convert(args)
	case "list":
		list()
	case "help":
		fmt.Println("usage: units convert [-digits N] VALUE FROM TO | units list")
	default:
		fail("no subcommand %q", name)
	}
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "units: "+format+"\n", values...)
	os.Exit(2)
}
