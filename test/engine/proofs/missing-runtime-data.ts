import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "time zones, on scratch",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "time"

func main() {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	println(zone.String())
}
`,
    fails: "start",
    says: /unknown time zone Europe\/Berlin/,
    fixed: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM scratch
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
ENV ZONEINFO=/zoneinfo.zip
COPY --from=build /app /app
CMD ["/app"]
`,
    prints: /^Europe\/Berlin$/m,
  },
  {
    name: "a folder for temporary files, on scratch",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "os"

func main() {
	draft()
	println("written")
}

func draft() {
	_, err := os.CreateTemp("", "draft")
	if err != nil {
		panic(err)
	}
}
`,
    fails: "start",
    says: /open \/tmp\/\S+: no such file or directory/,
    fixed: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM gcr.io/distroless/static-debian13
COPY --from=build /app /app
CMD ["/app"]
`,
    prints: /^written$/m,
  },
];
