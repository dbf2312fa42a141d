import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a folder of root's, on a nonroot tag",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app/journal main.go
RUN mkdir -p /app/data
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app/journal /app/journal
COPY --from=build /app/data /app/data
CMD ["/app/journal"]
#- main.go
package main

import "os"

func main() {
	if err := os.WriteFile("/app/data/journal.txt", []byte("written\\n"), 0o644); err != nil {
		panic(err)
	}
	println("written")
}
`,
    fails: "start",
    says: /permission denied/,
    confidence: "likely",
    fixed: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app/journal main.go
RUN mkdir -p /app/data
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app/journal /app/journal
COPY --from=build --chown=65532:65532 /app/data /app/data
CMD ["/app/journal"]
`,
    prints: /^written$/m,
  },
];
