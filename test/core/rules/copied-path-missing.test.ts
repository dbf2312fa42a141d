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
