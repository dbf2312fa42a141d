import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a program that was built in another folder",
    dockerfile: `
FROM golang:1.26
COPY hello.go /src/
RUN go build -o /hello /src/hello.go
ENTRYPOINT ["/src/hello"]
#- hello.go
package main

func main() { println("hello") }
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM golang:1.26
COPY hello.go /src/
RUN go build -o /hello /src/hello.go
ENTRYPOINT ["/hello"]
`,
    prints: /^hello$/m,
  },
];
