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
  {
    name: "the libraries of another version of Python",
    dockerfile: `
FROM python:3.13-slim-trixie AS build
FROM busybox
COPY --from=build /usr/local/lib/python3.12 /python
CMD ["ls", "-d", "/python"]
`,
    fails: "build",
    says: /not found/,
    fixed: `
FROM python:3.13-slim-trixie AS build
FROM busybox
COPY --from=build /usr/local/lib/python3.13 /python
CMD ["ls", "-d", "/python"]
`,
    prints: /^\/python$/m,
  },
  {
    name: "certificates by another name",
    dockerfile: `
FROM golang:1.26 AS build
FROM busybox
COPY --from=build /etc/ssl/certs/ca-certificates /certificates
CMD ["ls", "/certificates"]
`,
    fails: "build",
    says: /not found/,
    fixed: `
FROM golang:1.26 AS build
FROM busybox
COPY --from=build /etc/ssl/certs/ca-certificates.crt /certificates
CMD ["ls", "/certificates"]
`,
    prints: /^\/certificates$/m,
  },
  {
    name: "a key in another folder than openssl was told",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /certs
RUN mkdir /keys && openssl req -x509 -newkey rsa:2048 -nodes -keyout /keys/key.pem -out cert.pem -subj /CN=x
FROM busybox
COPY --from=build /key/key.pem /key.pem
CMD ["ls", "/key.pem"]
`,
    fails: "build",
    // The older engine says of a folder that is not there what the system says.
    says: /not found|no such file/,
    fixed: `
FROM golang:1.26 AS build
WORKDIR /certs
RUN mkdir /keys && openssl req -x509 -newkey rsa:2048 -nodes -keyout /keys/key.pem -out cert.pem -subj /CN=x
FROM busybox
COPY --from=build /keys/key.pem /key.pem
CMD ["ls", "/key.pem"]
`,
    prints: /^\/key\.pem$/m,
  },
];
