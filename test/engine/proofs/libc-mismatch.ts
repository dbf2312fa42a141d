import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a program that uses the net package, on scratch",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN go build -o /app main.go
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "net"

func main() { println(net.ParseIP("127.0.0.1").String()) }
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
`,
    prints: /^127\.0\.0\.1$/m,
  },
];
