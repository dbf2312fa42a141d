import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("missing-go-module");

finds(
  "a source that is copied without its go.mod",
  `
  FROM golang:1.17
  WORKDIR /app
  COPY calculator.go .
  RUN go build -o calculator .
  #   ^^^^^^^^^^^^^^^^^^^^^^^^ Its own build fails as it stands: no go.mod is copied into /app, and since Go 1.16 \`go build .\` refuses to build without one. Copy go.mod, or name the file to build.
  CMD ["/app/calculator"]
  `,
);

finds(
  "a build in GOPATH, which Go 1.21 refuses with a go.mod and without one",
  `
  FROM golang:1.21 AS builder
  COPY . .
  RUN go build -o calculator .
  #   ^^^^^^^^^^^^^^^^^^^^^^^^ Its own build fails as it stands: the stage works in /go, which is GOPATH, and Go 1.21 refuses \`go build .\` there with a go.mod and without one.
  FROM scratch
  COPY --from=builder /go/calculator /calculator
  CMD ["/calculator"]
  `,
);

finds(
  "a build in GOPATH of a folder that has no go.mod at all",
  `
  FROM golang:1.16 AS builder
  COPY . .
  RUN go build -o calculator
  #   ^^^^^^^^^^^^^^^^^^^^^^ Its own build fails as it stands: \`go build\` needs a go.mod, the folder has none, and /go is GOPATH, where Go 1.16 wants none.
  CMD ["/go/calculator"]
  #- calculator.go
  package main
  func main() {}
  `,
);

const RUN = `RUN go build -o calculator .
  CMD ["/app/calculator"]`;

ignores(
  "a folder that is copied whole, of which nothing is known",
  `
  FROM golang:1.26
  WORKDIR /app
  COPY . .
  ${RUN}
  `,
);
ignores(
  "modules that are off",
  `
  FROM golang:1.17
  ENV GO111MODULE=off
  WORKDIR /app
  COPY calculator.go .
  ${RUN}
  `,
);
ignores(
  "a go.mod that is made on the spot",
  `
  FROM golang:1.26
  WORKDIR /app
  COPY calculator.go .
  RUN go mod init example.com/calculator
  ${RUN}
  `,
);
ignores(
  "a script that may bring one",
  `
  FROM golang:1.26
  WORKDIR /app
  COPY calculator.go fetch.sh ./
  RUN sh fetch.sh
  ${RUN}
  `,
);
ignores(
  "a mount that may bring one",
  `
  FROM golang:1.26
  WORKDIR /app
  COPY calculator.go .
  RUN --mount=type=bind,source=go.mod,target=go.mod go build -o calculator .
  CMD ["/app/calculator"]
  `,
);
ignores(
  "GOPATH with a go.mod, which Go 1.22 and later only warn about",
  `
  FROM golang:1.22 AS builder
  COPY . .
  RUN go build -o calculator .
  CMD ["/go/calculator"]
  `,
);
ignores(
  "a stage that nobody needs",
  `
  FROM golang:1.26 AS old
  WORKDIR /app
  COPY calculator.go .
  RUN go build -o calculator .
  FROM scratch
  COPY calculator /calculator
  CMD ["/calculator"]
  `,
);

fixes(
  "the file is named",
  "Name the files to build: calculator.go",
  `
  FROM golang:1.17
  WORKDIR /app
  COPY calculator.go .
  ${RUN}
  `,
  `
  FROM golang:1.17
  WORKDIR /app
  COPY calculator.go .
  RUN go build -o calculator calculator.go
  CMD ["/app/calculator"]
  `,
);
fixes(
  "go.mod is copied where the folder has one",
  "Copy go.mod and go.sum into /app",
  `
  FROM golang:1.17
  WORKDIR /app
  COPY calculator.go .
  ${RUN}
  #- calculator.go
  package main
  func main() {}
  #- go.mod
  module example.com/calculator
  #- go.sum
  `,
  `
  FROM golang:1.17
  WORKDIR /app
  COPY go.mod go.sum ./
  COPY calculator.go .
  ${RUN}
  `,
);
fixes(
  "the stage works outside GOPATH",
  "Work in /app, outside GOPATH (WORKDIR /app)",
  `
  FROM golang:1.16 AS builder
  COPY . .
  RUN go build -o calculator .

  FROM scratch
  COPY --from=builder /app/calculator /app/calculator
  CMD ["/app/calculator"]
  `,
  `
  FROM golang:1.16 AS builder
  WORKDIR /app
  COPY . .
  RUN go build -o calculator .

  FROM scratch
  COPY --from=builder /app/calculator /app/calculator
  CMD ["/app/calculator"]
  `,
);

ignores(
  "a go.mod that a command writes",
  `
  FROM golang:1.26
  WORKDIR /app
  COPY calculator.go .
  RUN echo "module app" > go.mod
  ${RUN}
  `,
);
