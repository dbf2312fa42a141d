import { expect, test } from "vitest";
import { CALCULATOR } from "../../cases/cases";
import { testRecipe } from "../../kit/rule";

const { rewrites, refuses, offer } = testRecipe("split-build-stage");

/** The calculator's source as a file of the folder. */
const SOURCE = `#- calculator.go\n${CALCULATOR}`;
/** A fixture with the calculator beside it. */
function withSource(dockerfile: string, ...files: string[]): string {
  return [dockerfile.trimEnd(), SOURCE, ...files].join("\n");
}
/** A Go file as a file of the folder. */
function goFile(path: string, text: string): string {
  return `#- ${path}\n${text}`;
}

const GO = "FROM golang:1.26\nWORKDIR /src\nCOPY . .\n";

rewrites(
  "the calculator that everybody starts from",
  "distroless",
  withSource(`FROM ubuntu AS build
RUN apt-get update && apt-get install -y golang-go
# modules are not used here
ENV GO111MODULE=off
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
ENTRYPOINT ["/app"]`),
  `FROM ubuntu AS build
RUN apt-get update && apt-get install -y golang-go
# modules are not used here
ENV GO111MODULE=off
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
);

rewrites(
  "the same with nothing known of the folder",
  "scratch",
  `FROM ubuntu AS build
RUN apt-get update && apt-get install -y golang-go
ENV GO111MODULE=off
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
ENTRYPOINT ["/app"]`,
  `FROM ubuntu AS build
RUN apt-get update && apt-get install -y golang-go
ENV GO111MODULE=off
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
);

rewrites(
  "a stage without a name, a relative start, no CGO_ENABLED, comments above the CMD",
  "distroless",
  withSource(`FROM ubuntu:latest
WORKDIR /app
RUN apt-get update && apt-get install -y golang
COPY calculator.go .
RUN go build -o calculator calculator.go

# the program
CMD ["./calculator"]`),
  `FROM ubuntu:latest AS build
WORKDIR /app
RUN apt-get update && apt-get install -y golang
COPY calculator.go .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o calculator calculator.go

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /app
COPY --from=build /app/calculator /app/calculator
# the program
CMD ["./calculator"]
`,
);

rewrites(
  "flags that are there, settings of the image, a start that does not stand last",
  "scratch",
  `FROM golang:1.26
WORKDIR /src
ENTRYPOINT ["/bin/calc"]
LABEL maintainer="me" version=1
ENV CGO_ENABLED=0 GREETING="hello you" GOPROXY=direct
COPY calculator.go .
RUN go build -ldflags "-X main.version=1" -o /bin/calc calculator.go
EXPOSE 8080/tcp
STOPSIGNAL SIGINT`,
  `FROM golang:1.26 AS build
WORKDIR /src
LABEL maintainer="me" version=1
ENV CGO_ENABLED=0 GREETING="hello you" GOPROXY=direct
COPY calculator.go .
RUN go build -trimpath -ldflags "-s -w -X main.version=1" -o /bin/calc calculator.go
EXPOSE 8080/tcp
STOPSIGNAL SIGINT

FROM scratch
WORKDIR /src
COPY --from=build /bin/calc /bin/calc
ENV GREETING="hello you"
LABEL maintainer="me"
LABEL version=1
EXPOSE 8080/tcp
STOPSIGNAL SIGINT
ENTRYPOINT ["/bin/calc"]
`,
);

rewrites(
  "shell form of plain words, lower case",
  "scratch",
  `from golang:1.26
workdir /src
copy calculator.go .
run go build -o calc calculator.go
cmd exec ./calc --fast`,
  `from golang:1.26 as build
workdir /src
copy calculator.go .
run CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o calc calculator.go

from scratch
workdir /src
copy --from=build /src/calc /src/calc
cmd ["./calc", "--fast"]
`,
);

rewrites(
  "go install, found through PATH",
  "distroless",
  `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go install .
CMD ["calculator"]
#- go.mod
module example.com/calculator
#- main.go
package main
func main() {}`,
  `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go install -trimpath -ldflags="-s -w" .

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /src
COPY --from=build /go/bin/calculator /usr/local/bin/calculator
CMD ["calculator"]
`,
);

rewrites(
  "a program below /root stays root",
  "distroless",
  withSource(`FROM golang:1.26
WORKDIR /root
COPY calculator.go .
RUN go build -o calc calculator.go
CMD ["./calc"]`),
  `FROM golang:1.26 AS build
WORKDIR /root
COPY calculator.go .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o calc calculator.go

FROM gcr.io/distroless/static-debian13
WORKDIR /root
COPY --from=build /root/calc /root/calc
CMD ["./calc"]
`,
);

rewrites(
  "an ARG in FROM, a platform, a user by number, a continuation",
  "distroless",
  withSource(`ARG VERSION=1.26
FROM --platform=linux/amd64 golang:\${VERSION}
WORKDIR /src
COPY *.go ./
RUN set -eux; \\
    # here
    go build \\
      -o /calc \\
      calculator.go
USER 1000:1000
ENTRYPOINT ["/calc"]
CMD []`),
  `ARG VERSION=1.26
FROM --platform=linux/amd64 golang:\${VERSION} AS build
WORKDIR /src
COPY *.go ./
RUN set -eux; \\
    # here
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" \\
      -o /calc \\
      calculator.go
USER 1000:1000

FROM --platform=linux/amd64 gcr.io/distroless/static-debian13:nonroot
WORKDIR /src
COPY --from=build /calc /calc
USER 1000:1000
ENTRYPOINT ["/calc"]
CMD []
`,
);

for (const target of ["distroless", "scratch"]) {
  refuses(
    "a toolbox",
    target,
    'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y curl\nCMD ["bash"]',
    "The image starts a shell for whoever runs it, who wants its tools: there is no program that could ship alone.",
  );
  refuses(
    "a program that the image does not start",
    target,
    'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /a main.go\nCMD ["/b"]',
    "The image starts /b, but the build makes /a: no step is seen to put the program where it is started.",
  );
  refuses(
    "no start",
    target,
    `${GO}RUN go build -o /a main.go`,
    "Neither CMD nor ENTRYPOINT says which program the image starts.",
  );
  refuses(
    "a start that needs a shell",
    target,
    `${GO}RUN go build -o /a main.go\nCMD /a $PORT`,
    "CMD expands a variable, which needs a shell; distroless and scratch have none.",
  );
  refuses(
    "two commands at the start",
    target,
    `${GO}RUN go build -o /a main.go\nCMD /a && echo done`,
    "CMD runs more than one command, which needs a shell; distroless and scratch have none.",
  );
  refuses(
    "no go.mod in sight",
    target,
    'FROM golang:1.17\nWORKDIR /app\nCOPY calculator.go .\nRUN go build -o calculator .\nCMD ["/app/calculator"]',
    /no go\.mod is copied into \/app, and since Go 1\.16 `go build \.` refuses/,
  );
  refuses(
    "cgo that was asked for",
    target,
    `${GO}RUN CGO_ENABLED=1 go build -o /a main.go\nCMD ["/a"]`,
    /asks for cgo \(CGO_ENABLED=1\)/,
  );
  refuses(
    "a build under a condition",
    target,
    `${GO}RUN test -f x || go build -o /a main.go\nCMD ["/a"]`,
    "The build runs only under a condition, so the program may come from elsewhere.",
  );
  refuses("a race detector", target, `${GO}RUN go build -race -o /a main.go\nCMD ["/a"]`, /-race needs cgo/);
  refuses(
    "another system",
    target,
    `${GO}RUN GOOS=windows go build -o /a main.go\nCMD ["/a"]`,
    "The program is built for windows, and Linux images cannot run it.",
  );
  refuses(
    "a program that is changed afterwards",
    target,
    `${GO}RUN go build -o /a main.go && setcap cap_net_raw+ep /a\nCMD ["/a"]`,
    /`setcap` changes the program after it was built/,
  );
  refuses(
    "a health check by curl",
    target,
    `${GO}RUN go build -o /a main.go\nHEALTHCHECK CMD curl -f http://localhost\nCMD ["/a"]`,
    /^HEALTHCHECK runs something other than the program/,
  );
  refuses(
    "a setting from a variable",
    target,
    `${GO}ENV VERSION=$GOLANG_VERSION\nRUN go build -o /a main.go\nCMD ["/a"]`,
    /^ENV VERSION is set from a variable/,
  );
  refuses(
    "a base that may have an entrypoint",
    target,
    'FROM example.com/private/go:1\nWORKDIR /src\nCOPY main.go .\nRUN go build -o /a main.go\nCMD ["/a"]',
    /^The base image may have an entrypoint/,
  );
  refuses(
    "a package that the program may use",
    target,
    'FROM golang:1.26\nRUN apt-get update && apt-get install -y ffmpeg\nCOPY main.go .\nRUN go build -o /a main.go\nCMD ["/a"]',
    /^ffmpeg is installed beside the compiler/,
  );
  refuses(
    "programs that are started",
    target,
    `${GO}RUN go build -o /a main.go\nCMD ["/a"]\n${goFile("main.go", 'package main\nimport "os/exec"\nfunc main() { exec.Command("ls") }')}`,
    /starts other programs \(exec\.Command in main\.go\)/,
  );
}

rewrites(
  "a compiler that may be too old for -trimpath",
  "scratch",
  `FROM ubuntu:18.04
RUN apt-get update && apt-get install -y golang
COPY calc.go .
RUN go build -o /calc calc.go
CMD ["/calc"]`,
  `FROM ubuntu:18.04 AS build
RUN apt-get update && apt-get install -y golang
COPY calc.go .
RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /calc calc.go

FROM scratch
COPY --from=build /calc /calc
CMD ["/calc"]
`,
);

test("a port below 1024 is said", () => {
  const { assumes } = offer(`${GO}EXPOSE 80\nRUN go build -o /a main.go\nCMD ["/a"]`, "distroless");
  expect(assumes).toContain("Port 80 is below 1024: Docker lets that user listen there, other runtimes may not.");
});

test("what the offer says", () => {
  const { title, assumes, preferred, safety } = offer(
    withSource(`${GO}RUN go build -o /a calculator.go\nUSER app\nCMD /a`),
    "distroless",
  );
  expect(title).toMatch(/^Build in its own stage, ship on distroless static \(≈ .* → ≈ .*\)$/);
  expect(assumes).toEqual([
    "The program runs as user 65532 in the place of app, whom the final image does not know.",
    "CMD becomes exec form: the program itself, not a shell, gets the signals.",
    "There is no shell in the final image; `docker debug` or the tag :debug of gcr.io/distroless/static-debian13 brings one.",
  ]);
  expect([preferred, safety]).toEqual([true, "review"]);
});

test("sources that are copied one by one are seen", () => {
  const text =
    'FROM golang:1.26\nWORKDIR /src\nCOPY go.mod main.go ./\nRUN go build -o /a .\nCMD ["/a"]\n#- go.mod\nmodule m\n';
  const source = goFile("main.go", 'package main\nimport "fmt"\nfunc main() { fmt.Println(1) }');
  expect(offer(text + source, "scratch").assumes).toEqual([
    "There is no shell in the final image; `docker debug` brings one.",
  ]);
});

test("sources that were not seen are said", () => {
  expect(offer(`${GO}RUN go build -o /a main.go\nCMD ["/a"]`, "scratch").assumes[0]).toBe(
    "The program's sources were not seen: it is taken to need no C, to read no files of the image and start no other programs.",
  );
});
