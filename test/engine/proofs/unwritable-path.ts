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
  {
    name: "a RUN in a folder that WORKDIR made as root",
    dockerfile: `
FROM debian:trixie-slim
WORKDIR /work
USER 1000
RUN mkdir data
CMD ["echo", "written"]
`,
    fails: "build",
    says: /Permission denied/,
    fixed: `
FROM debian:trixie-slim
WORKDIR /work
RUN chown 1000 /work
USER 1000
RUN mkdir data
CMD ["echo", "written"]
`,
    prints: /^written$/m,
  },
  {
    name: "a volume that VOLUME alone makes, on a nonroot tag",
    dockerfile: `
FROM debian:trixie-slim AS build
RUN mkdir /data
FROM gcr.io/distroless/python3-debian13:nonroot
VOLUME /data
COPY app.py /app.py
CMD ["/app.py"]
#- app.py
open("/data/journal.txt", "w").write("written")
print("written")
`,
    fails: "start",
    says: /[Pp]ermission denied/,
    fixed: `
FROM debian:trixie-slim AS build
RUN mkdir /data
FROM gcr.io/distroless/python3-debian13:nonroot
COPY --from=build --chown=65532:65532 /data /data
VOLUME /data
COPY app.py /app.py
CMD ["/app.py"]
`,
    prints: /^written$/m,
  },
  {
    name: "the folder that a WORKDIR made, on scratch",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM scratch
WORKDIR /work
COPY --from=build /app /app
USER 1000
CMD ["/app"]
#- main.go
package main

import "os"

func main() {
	if err := os.MkdirAll("logs", 0o755); err != nil {
		panic(err)
	}
	println("written")
}
`,
    fails: "start",
    says: /permission denied/,
    fixed: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
RUN mkdir /work
FROM scratch
COPY --from=build --chown=1000 /work /work
WORKDIR /work
COPY --from=build /app /app
USER 1000
CMD ["/app"]
`,
    prints: /^written$/m,
  },
  {
    name: "a new volume, on a system where commands have run",
    dockerfile: `
FROM debian:trixie-slim
RUN echo ready
USER 1000
VOLUME /store
CMD ["sh", "-c", "echo written > /store/journal && cat /store/journal"]
`,
    fails: "start",
    says: /[Pp]ermission denied/,
    fixed: `
FROM debian:trixie-slim
RUN echo ready
RUN mkdir /store && chown 1000 /store
USER 1000
VOLUME /store
CMD ["sh", "-c", "echo written > /store/journal && cat /store/journal"]
`,
    prints: /^written$/m,
  },
];
