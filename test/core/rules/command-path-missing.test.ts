import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("command-path-missing");

finds(
  "a program that was built in another folder",
  `
  FROM ubuntu:latest
  RUN apt-get update && apt-get install -y golang
  ENV GO111MODULE=on
  COPY calculator.go /app/
  RUN go build -o calculator /app/calculator.go
  ENTRYPOINT ["/app/calculator"]
  #           ^^^^^^^^^^^^^^^^^ ENTRYPOINT starts /app/calculator, which no step makes; the build makes /calculator.
  `,
);
finds(
  "the same where a pattern names files elsewhere",
  `
  FROM ubuntu:latest
  RUN apt-get update && apt-get install -y golang && rm -rf /var/lib/apt/lists/* /tmp/go?
  COPY calculator.go /app/
  RUN go build -o calculator /app/calculator.go
  ENTRYPOINT ["/app/calculator"]
  #           ^^^^^^^^^^^^^^^^^ ENTRYPOINT starts /app/calculator, which no step makes; the build makes /calculator.
  `,
);
ignores(
  "a pattern that may name the program",
  `
  FROM ubuntu:latest
  RUN apt-get update && apt-get install -y golang
  COPY calculator.go /app/
  RUN go build -o calculator /app/calculator.go && mv calc* /app/
  ENTRYPOINT ["/app/calculator"]
  `,
);
finds(
  "a copied program under another name",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN go build -o /out/app main.go
  FROM scratch
  COPY --from=build /out/app /server
  CMD ["/app"]
  #    ^^^^^^ CMD starts /app, which no step makes.
  `,
);
finds(
  "a relative path in another folder",
  `
  FROM golang:1.26
  WORKDIR /src
  COPY main.go .
  RUN go build -o app main.go
  WORKDIR /run-here
  CMD ["./app"]
  #    ^^^^^^^ CMD starts /run-here/app, which no step makes; the build makes /src/app.
  `,
);
finds(
  "a name without a folder on scratch, which has no folders of PATH",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN go build -o /out/app main.go
  FROM scratch
  COPY --from=build /out/app /app
  ENTRYPOINT ["app"]
  #           ^^^^^ ENTRYPOINT starts app, which no step makes.
  `,
);

ignores("a file of the context that was not seen", 'FROM gcr.io/distroless/base\nCOPY myapp /myapp\nCMD ["/myapp"]\n');
ignores("a folder of the context that was not seen", 'FROM ubuntu\nCOPY . /app\nCMD ["/app/run"]\n');
ignores("a program of the system", 'FROM ubuntu\nCMD ["/usr/bin/env"]\n');
ignores("a toolbox", 'FROM ubuntu\nCMD ["bash"]\n');
ignores("what a script may have made", 'FROM ubuntu\nCOPY make.sh .\nRUN ./make.sh\nCMD ["/app/run"]\n');
ignores("what a download brings", 'FROM ubuntu\nRUN curl -o /app/run https://example.com/run\nCMD ["/app/run"]\n');
ignores("an image that the catalog does not know", 'FROM example.com/own\nCMD ["/app/run"]\n');
ignores("an image whose entrypoint takes the words of CMD", 'FROM nginx\nCMD ["/app/run"]\n');
ignores("a WebAssembly module", 'FROM scratch\nCOPY main.go /\nENTRYPOINT ["app.wasm"]\n');
ignores("a variable", 'FROM ubuntu\nENV APP=/app\nCMD ["$APP/run"]\n');
ignores("a script of another shell", 'FROM ubuntu\nSHELL ["pwsh", "-c"]\nRUN New-Item /app/run\nCMD ["/app/run"]\n');

fixes(
  "the path that the build makes",
  "Start /calculator",
  `
  FROM golang:1.26
  COPY calculator.go /app/
  RUN go build -o /calculator /app/calculator.go
  ENTRYPOINT ["/app/calculator", "--verbose"]
  `,
  `
  FROM golang:1.26
  COPY calculator.go /app/
  RUN go build -o /calculator /app/calculator.go
  ENTRYPOINT ["/calculator", "--verbose"]
  `,
);

ignores(
  "what a pattern of files builds",
  'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build *.go\nCMD ["./main"]\n',
);

fixes(
  "a HEALTHCHECK by the same path follows",
  "Start /calc",
  `
  FROM golang:1.26
  COPY main.go /app/
  RUN go build -o /calc /app/main.go
  ENTRYPOINT ["/app/calc"]
  HEALTHCHECK --interval=5s CMD ["/app/calc", "-h"]
  `,
  `
  FROM golang:1.26
  COPY main.go /app/
  RUN go build -o /calc /app/main.go
  ENTRYPOINT ["/calc"]
  HEALTHCHECK --interval=5s CMD ["/calc", "-h"]
  `,
);

finds(
  "a program that neither the base nor a step brings",
  `
  FROM python:3.13-slim
  WORKDIR /app
  COPY app.py .
  CMD ["serve-app", "app:app"]
  #    ^^^^^^^^^^^ CMD starts serve-app, which neither the base image nor a step puts in a folder of PATH.
  `,
);
finds(
  "through the entrypoint of an official image, which runs the words of CMD",
  `
  FROM eclipse-temurin:21
  COPY app.jar /srv/app.jar
  CMD ["jav", "-jar", "/srv/app.jar"]
  #    ^^^^^ CMD starts jav, which neither the base image nor a step puts in a folder of PATH.
  `,
);
finds(
  "every target",
  `
  FROM debian:bookworm-slim AS api
  COPY api.sh /srv/
  CMD ["/srv/app.sh"]
  #    ^^^^^^^^^^^^^ CMD starts /srv/app.sh, which no step makes.
  FROM debian:bookworm-slim
  COPY web.sh /srv/
  CMD ["/srv/web.sh"]
  #- compose.yaml
  services:
    api:
      build:
        context: .
        target: api
  `,
);
finds(
  "what a step removes",
  `
  FROM debian:bookworm-slim
  COPY run.sh /srv/run.sh
  RUN mkdir /srv/bin && mv /srv/run.sh /srv/bin/run.sh
  CMD ["/srv/run.sh"]
  #    ^^^^^^^^^^^^^ CMD starts /srv/run.sh, which no step makes.
  `,
);

ignores("what pip installs", 'FROM python:3.13-slim\nRUN pip install serve-app\nCMD ["serve-app"]\n');
ignores("what a package may bring", 'FROM debian:bookworm\nRUN apt-get install -y supervisor\nCMD ["supervisord"]\n');
ignores(
  "a name that PATH of an unknown folder may have",
  'FROM debian:bookworm\nARG TOOLS\nENV PATH=$TOOLS:$PATH\nCOPY a.txt /\nCMD ["tool"]\n',
);
ignores("a module that Node.js finds", 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]\n');
ignores("what a mount may bring", 'FROM debian:bookworm\nWORKDIR /app\nCMD ["/app/run.sh"]\n');
ignores("a volume", 'FROM debian:bookworm\nCOPY a.txt /\nVOLUME /data\nCMD ["/data/run.sh"]\n');
ignores("what the shell does itself", "FROM debian:bookworm\nCMD . /etc/profile\n");
ignores("an image of another system", 'FROM fedora\nCOPY a.txt /\nCMD ["serve-app"]\n');
ignores(
  "a mount of a cache, whose content nobody knows",
  'FROM debian:bookworm\nRUN --mount=type=cache,target=/cache cp /cache/run /run.sh\nCMD ["/run.sh"]\n',
);
finds(
  "beside what a compiler makes that asks where to look",
  `
  FROM alpine:3.22
  WORKDIR /app
  COPY main.cpp ./
  RUN g++ -I$(pg_config --includedir) -o main main.cpp -L$(pg_config --libdir) -lpq
  CMD ["./server"]
  #    ^^^^^^^^^^ CMD starts /app/server, which no step makes.
  `,
);
finds(
  "a tag that says its system where the catalog does not",
  `
  FROM nginx:1.21.6
  COPY entrypoint.sh /root/
  ENTRYPOINT ["/root/start.sh"]
  #           ^^^^^^^^^^^^^^^^ ENTRYPOINT starts /root/start.sh, which no step makes.
  `,
);
ignores(
  "words that a compiler may take for another output",
  'FROM alpine:3.22\nWORKDIR /app\nCOPY a.cpp ./\nRUN g++ $(cat flags) -o main a.cpp\nCMD ["./server"]\n',
);
