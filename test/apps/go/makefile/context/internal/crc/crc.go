// Package crc sums what a reader holds.
package crc

import (
	"hash/crc32"
	"io"
)

// Of is the IEEE CRC-32 of all that can be read.
func Of(in io.Reader) (uint32, error) {
	hash := crc32.NewIEEE()
	_, err := io.Copy(hash, in)
	return hash.Sum32(), err
}
