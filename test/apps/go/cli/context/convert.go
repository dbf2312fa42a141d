package main

import (
	"flag"
	"fmt"
	"sort"
	"strconv"
)

var metres = map[string]float64{"m": 1, "km": 1000, "ft": 0.3048, "mi": 1609.344, "nmi": 1852}

func convert(args []string) {
	flags := flag.NewFlagSet("convert", flag.ExitOnError)
	digits := flags.Int("digits", 2, "digits behind the point")
	flags.Parse(args)
	if flags.NArg() != 3 {
		fail("convert wants VALUE FROM TO")
	}
	value, err := strconv.ParseFloat(flags.Arg(0), 64)
	if err != nil {
		fail("%q is not a number", flags.Arg(0))
	}
	from, to := metres[flags.Arg(1)], metres[flags.Arg(2)]
	if from == 0 || to == 0 {
		fail("units list names the units")
	}
	fmt.Printf("%.*f %s\n", *digits, value*from/to, flags.Arg(2))
}

func list() {
	names := make([]string, 0, len(metres))
	for name := range metres {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(name)
	}
}
