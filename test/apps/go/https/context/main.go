// Probe calls each address over https and says whether its certificate is trusted.
package main

import (
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

// An authority that every current bundle of certificates holds. It is no part of what the program trusts: whether it is
// trusted is asked of the system, so that the answer needs no network.
//
//go:embed isrg-root-x1.pem
var authority []byte

func main() {
	fmt.Println("ISRG Root X1:", verdict(verify(authority)))
	client := http.Client{Timeout: 5 * time.Second}
	for _, address := range os.Args[1:] {
		response, err := client.Get(address)
		if err != nil {
			fmt.Println(address+":", verdict(err))
			continue
		}
		response.Body.Close()
		fmt.Println(address+":", response.StatusCode)
	}
}

// verify asks the certificates of the system about one, as of a day on which it was valid.
func verify(text []byte) error {
	block, _ := pem.Decode(text)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return err
	}
	_, err = certificate.Verify(x509.VerifyOptions{CurrentTime: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	return err
}

func verdict(err error) string {
	var unknown x509.UnknownAuthorityError
	var noRoots x509.SystemRootsError
	switch {
	case err == nil:
		return "trusted"
	case errors.As(err, &unknown), errors.As(err, &noRoots):
		return "not trusted"
	default:
		return "not reached"
	}
}
