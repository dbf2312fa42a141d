// Checksum prints the CRC-32 of its input.
package main

import (
	"fmt"
	"log"
	"os"

	"example.com/checksum/internal/crc"
)

var version = "dev"

func main() {
	sum, err := crc.Of(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%08x by checksum %s\n", sum, version)
}
