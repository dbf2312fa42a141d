import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a program that was built in another folder",
    dockerfile: `
FROM golang:1.26 AS build
COPY hello.go /src/
RUN CGO_ENABLED=0 go build -o /hello /src/hello.go
FROM scratch
COPY --from=build /src/hello /hello
CMD ["/hello"]
#- hello.go
package main

func main() { println("hello") }
`,
    fails: "build",
    says: /not found/,
    fixed: `
FROM golang:1.26 AS build
COPY hello.go /src/
RUN CGO_ENABLED=0 go build -o /hello /src/hello.go
FROM scratch
COPY --from=build /hello /hello
CMD ["/hello"]
`,
    prints: /^hello$/m,
  },
];
