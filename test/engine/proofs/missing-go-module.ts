import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "no go.mod was copied",
    dockerfile: `
FROM golang:1.26
WORKDIR /app
COPY hello.go .
RUN go build -o hello .
CMD ["/app/hello"]
#- hello.go
package main

func main() { println("hello") }
`,
    fails: "build",
    says: /go\.mod file not found in current directory or any parent directory/,
    fixed: `
FROM golang:1.26
WORKDIR /app
COPY hello.go .
RUN go build -o hello hello.go
CMD ["/app/hello"]
`,
    prints: /^hello$/m,
  },
  {
    name: "go.mod stands in GOPATH itself",
    dockerfile: `
FROM golang:1.16
COPY . .
RUN go build -o hello .
CMD ["./hello"]
#- go.mod
module example.com/hello

go 1.16
#- hello.go
package main

func main() { println("hello") }
`,
    fails: "build",
    says: /\$GOPATH\/go\.mod exists but should not/,
    fixed: `
FROM golang:1.16
WORKDIR /app
COPY . .
RUN go build -o hello .
CMD ["./hello"]
`,
    prints: /^hello$/m,
  },
];
