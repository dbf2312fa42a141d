import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("copied-path-missing");

finds(
  "a program that was built in another folder",
  `
  FROM ubuntu AS builder
  RUN apt-get update && apt-get install -y golang
  COPY calculator.go /app/
  RUN go build -o calculator /app/calculator.go
  FROM scratch
  COPY --from=builder /app/calculator /calculator
  #                   ^^^^^^^^^^^^^^^ No step of stage builder makes /app/calculator; its build makes /calculator.
  ENTRYPOINT ["/calculator"]
  `,
);
finds(
  "a program of GOPATH's own folder",
  `
  FROM golang:1.16 AS builder
  ENV GO111MODULE=off
  COPY . .
  RUN go build -o calculator .
  FROM scratch
  COPY --from=0 ["/app/calculator", "/calculator"]
  #              ^^^^^^^^^^^^^^^^^ No step of stage builder makes /app/calculator; its build makes /go/calculator.
  `,
);
finds(
  "a file that the stage in between does not have",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN go build -o /out/app main.go
  FROM busybox AS between
  COPY --from=build /out/app /bin/app
  FROM scratch
  COPY --from=between /out/app /app
  #                   ^^^^^^^^ No step of stage between makes /out/app.
  `,
);

const build = (lines: string, path: string) => `
  FROM golang:1.26 AS build
  WORKDIR /src
  ${lines}
  FROM scratch
  COPY --from=build ${path} /app
  `;
ignores("what a build makes", build("COPY main.go .\n  RUN go build -o /out/app main.go", "/out/app"));
ignores("the folder of what a build makes", build("COPY main.go .\n  RUN go build -o /out/app main.go", "/out"));
ignores("a folder of the context that was not seen", build("COPY . .", "/src/static/app"));
ignores("what a script may have made", build("COPY make.sh .\n  RUN ./make.sh", "/out/app"));
ignores("what cp may have made", build("COPY main.go .\n  RUN cp main.go /out/app", "/out/app"));
ignores("what a redirection makes", build("RUN echo hello > /out/app", "/out/app"));
ignores("what mkdir makes", build("RUN mkdir -p /out/app/data", "/out/app"));
ignores("a WORKDIR", build("WORKDIR /out/app", "/out/app"));
ignores("a file of the base image", build("RUN true", "/etc/ssl/certs/ca-certificates.crt"));
ignores("a pattern", build("RUN true", "/out/*"));
ignores(
  "a path with a variable",
  `
  FROM golang:1.26 AS build
  FROM scratch
  ARG NAME
  COPY --from=build /out/$NAME /app
  `,
);
ignores("another image", "FROM scratch\nCOPY --from=nginx /app /app\n");
ignores(
  "a file that was copied from another stage, as a file and within a folder",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN go build -o /out/app main.go
  FROM busybox AS between
  COPY --from=build /out/app /bin/
  COPY --from=build /out /copy
  FROM scratch
  COPY --from=between /bin/app /app
  COPY --from=between /copy/app /app2
  `,
);
ignores(
  "an image that the catalog does not know",
  `
  FROM example.com/own AS build
  FROM scratch
  COPY --from=build /out/app /app
  `,
);
ignores(
  "a stage whose build fails for another reason, which is said there",
  `
  FROM golang:1.16 AS build
  COPY . .
  RUN go build -o calculator .
  FROM scratch
  COPY --from=build /app/calculator /app/calculator
  `,
);

fixes(
  "the path that the build makes",
  "Copy from /calculator",
  `
  FROM golang:1.26 AS build
  COPY calculator.go /src/
  RUN go build -o /calculator /src/calculator.go
  FROM scratch
  COPY --from=build ["/src/calculator", "/calculator"]
  ENTRYPOINT ["/calculator"]
  `,
  `
  FROM golang:1.26 AS build
  COPY calculator.go /src/
  RUN go build -o /calculator /src/calculator.go
  FROM scratch
  COPY --from=build ["/calculator", "/calculator"]
  ENTRYPOINT ["/calculator"]
  `,
);

ignores(
  "a program that is installed for another platform, in a folder of its name",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY . .
  RUN GOOS=linux GOARCH=arm64 go install .
  FROM scratch
  COPY --from=build /go/bin/linux_arm64/app /app
  `,
);

finds(
  "a path of an image that has no such program",
  `
  FROM scratch
  COPY --from=golang:1.26 /usr/local/go/bin/gofumpt /bin/gofumpt
  #                       ^^^^^^^^^^^^^^^^^^^^^^^^^ The image golang:1.26 has no /usr/local/go/bin/gofumpt.
  COPY --from=golang:1.26 /usr/local/go/bin/gofmt /bin/gofmt
  `,
);
finds(
  "a path that a mount shows",
  `
  FROM debian:bookworm AS files
  WORKDIR /files
  COPY config.json .
  FROM debian:bookworm
  RUN --mount=type=bind,from=files,source=/data,target=/data cp -r /data /srv
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ No step of stage files makes /data, which the mount shows.
  RUN --mount=type=bind,from=files,source=/files,target=/data cp -r /data /srv
  `,
);
finds(
  "what is moved, removed, or linked elsewhere",
  `
  FROM debian:bookworm AS build
  WORKDIR /src
  COPY a.txt b.txt ./
  RUN mkdir /out && cp a.txt /out/ && mv b.txt /out/c.txt && ln -s /out/a.txt /out/link && rm -rf /src
  FROM scratch
  COPY --from=build /out/a.txt /out/c.txt /out/link /
  COPY --from=build /out/b.txt /b.txt
  #                 ^^^^^^^^^^ No step of stage build makes /out/b.txt.
  COPY --from=build /src/a.txt /a.txt
  #                 ^^^^^^^^^^ No step of stage build makes /src/a.txt.
  `,
);
finds(
  "beside tools that keep to their project",
  `
  FROM node:22 AS build
  WORKDIR /app
  COPY package*.json ./
  RUN npm ci
  COPY . .
  RUN npm run build
  FROM nginx
  COPY --from=build /app/dist /usr/share/nginx/html
  COPY --from=build /opt/dist /usr/share/nginx/html
  #                 ^^^^^^^^^ No step of stage build makes /opt/dist.
  `,
);

const moved = (lines: string, path: string) => `
  FROM debian:bookworm AS build
  WORKDIR /src
  COPY a.tar.gz a.txt ./
  ${lines}
  FROM scratch
  COPY --from=build ${path} /app
  `;
ignores("what an archive brings", moved("RUN tar -xzf a.tar.gz -C /opt", "/opt/app"));
ignores("what wget writes", moved("RUN wget -O /opt/app https://example.com/app", "/opt/app"));
ignores("what curl writes, by its name", moved("RUN cd /opt && curl -fsSLO https://example.com/app", "/opt/app"));
ignores("what a repository may hold", moved("RUN git clone https://example.com/app.git /opt/app", "/opt/app/bin/app"));
ignores("what install puts there", moved("RUN install -D a.txt /opt/bin/app", "/opt/bin/app"));
ignores("what tee writes", moved("RUN echo a | tee /opt/app", "/opt/app"));
ignores("a folder of a pattern's copies", moved("RUN cp *.txt /opt/", "/opt/a.txt"));
ignores("the home of a user", moved("RUN useradd -m app", "/home/app/.profile"));
ignores("what a condition may have made", moved("RUN if true; then touch /opt/app; fi", "/opt/app"));
ignores("what a script behind a pipe may have made", moved("RUN curl https://example.com | sh", "/opt/app"));
ignores("a folder that a variable names", moved("ARG OUT\n  RUN cp a.txt $OUT/app", "/opt/app"));
ignores("what a removal may have spared", moved("RUN touch /opt/app || rm /opt/app", "/opt/app"));
ignores("a program of merged folders", moved("RUN cp a.txt /usr/bin/app", "/bin/app"));
ignores("what make makes", moved("RUN make", "/opt/app"));
ignores("a virtual environment", moved("RUN python3 -m venv /opt/venv", "/opt/venv/bin/python3"));
ignores(
  "what ONBUILD may bring",
  "FROM debian AS base\nONBUILD COPY . /app\nFROM base AS build\nRUN true\nFROM scratch\nCOPY --from=build /app /app\n",
);
ignores(
  "a heredoc's file",
  "FROM debian AS build\nCOPY <<EOF /opt/app\nhello\nEOF\nFROM scratch\nCOPY --from=build /opt/app /app\n",
);

for (const set of ["ENV GOFLAGS=-o=/out/app", "RUN go env -w GOFLAGS=-o=/out/app"])
  ignores(
    `a program that ${set} puts elsewhere`,
    `
    FROM golang:1.26 AS build
    ${set}
    WORKDIR /src
    COPY . .
    RUN go build .
    FROM scratch
    COPY --from=build /out/app /app
    #- go.mod
    module example.com/x
    #- main.go
    package main
    func main() {}
    `,
  );
ignores(
  "a program that Cargo's own settings put elsewhere",
  `
  FROM rust:1 AS build
  COPY cargo.toml /usr/local/cargo/config.toml
  WORKDIR /src
  COPY . .
  RUN cargo build --release
  FROM debian
  COPY --from=build /tgt/release/x /x
  `,
);
