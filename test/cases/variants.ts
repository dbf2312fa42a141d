import { CALCULATOR, caseOf } from "./cases";

/** A Dockerfile as somebody else would have written case 3, with the files beside it. */
export interface Variant {
  readonly name: string;
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The line that installs Go: the same in all of them, so that an engine installs it once. */
const INSTALL = caseOf(3).dockerfile.split("\n")[1] ?? "";
const GOPATH_MODE = "ENV GO111MODULE=off";
const PLAIN = { "calculator.go": CALCULATOR };
const MODULE = { ...PLAIN, "go.mod": "module example.com/tools/calculator\n\ngo 1.21\n" };

/** The calculator split into a package of its own, in a module. */
const PACKAGES = {
  "go.mod": MODULE["go.mod"],
  "main.go": 'package main\n\nimport "example.com/tools/calculator/internal/calc"\n\nfunc main() { calc.Run() }\n',
  "internal/calc/calc.go": CALCULATOR.replace("package main", "package calc").replace("func main()", "func Run()"),
};

interface Parts {
  readonly from?: string;
  /** Between the install and the build. */
  readonly before?: readonly string[];
  readonly build?: string;
  readonly after?: readonly string[];
  readonly start?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly dress?: (text: string) => string;
}

/** Case 3 with some of its parts said in another way. */
function variant(name: string, parts: Parts): Variant {
  const lines = [
    parts.from ?? "FROM ubuntu AS build",
    INSTALL,
    ...(parts.before ?? [GOPATH_MODE, "COPY . ."]),
    parts.build ?? "RUN CGO_ENABLED=0 go build -o /app .",
    ...(parts.after ?? []),
    parts.start ?? 'ENTRYPOINT ["/app"]',
  ];
  const text = `${lines.join("\n")}\n`;
  return { name, dockerfile: parts.dress?.(text) ?? text, files: parts.files ?? PLAIN };
}

export const VARIANTS: readonly Variant[] = [
  variant("other names", {
    from: "FROM ubuntu AS The_Builder",
    build: "RUN CGO_ENABLED=0 go build -o /opt/calc .",
    start: 'ENTRYPOINT ["/opt/calc"]',
  }),
  variant("no name, a WORKDIR, a relative start", {
    from: "FROM ubuntu",
    before: [GOPATH_MODE, "WORKDIR /src/app", "COPY . ."],
    build: "RUN go build -o calc .",
    start: 'CMD ["./calc"]',
  }),
  variant("-o=", { build: "RUN CGO_ENABLED=0 go build -o=/app ." }),
  variant("-o with a folder", {
    before: [GOPATH_MODE, "WORKDIR /srv/calculator", "COPY . ."],
    build: "RUN go build -o /usr/local/bin/ .",
    start: 'ENTRYPOINT ["calculator"]',
  }),
  variant("-o below the folder", {
    before: [GOPATH_MODE, "WORKDIR /src", "COPY calculator.go ./"],
    build: "RUN mkdir -p bin && go build -o ./bin/calc calculator.go",
    start: 'ENTRYPOINT ["./bin/calc"]',
  }),
  variant("ARG in FROM", { from: "ARG RELEASE=latest\nFROM ubuntu:${RELEASE}" }),
  variant("--platform", { from: "FROM --platform=linux/amd64 ubuntu AS build" }),
  variant("lower case", {
    from: "from ubuntu as build",
    dress: (text) => text.replace(/^(RUN|ENV|COPY|ENTRYPOINT)/gm, (keyword) => keyword.toLowerCase()),
  }),
  variant("CRLF", { dress: (text) => text.replaceAll("\n", "\r\n") }),
  variant("a byte order mark", { dress: (text) => `\uFEFF${text}` }),
  variant("comments", {
    dress: (text) =>
      `# The calculator.\n${text.replace("COPY", "\n# all of it\nCOPY").replace("ENTRYPOINT", "\n# what it starts\nENTRYPOINT")}# the end\n`,
  }),
  variant("continuations", {
    build: "RUN set -eux; \\\n    # static\n    CGO_ENABLED=0 \\\n    go build \\\n      -o /app \\\n      .",
  }),
  variant("-ldflags that are there", { build: 'RUN go build -ldflags "-X main.version=1" -o /app .' }),
  variant("flags that are all there", { build: 'RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /app .' }),
  variant("go install", {
    before: ["WORKDIR /src", "COPY . ."],
    build: "RUN go install .",
    start: 'ENTRYPOINT ["/root/go/bin/calculator"]',
    files: MODULE,
  }),
  variant("a module with its own packages", {
    before: ["WORKDIR /src", "COPY go.mod ./", "COPY . ."],
    files: PACKAGES,
  }),
  variant("a name that go.mod gives", {
    before: ["WORKDIR /src", "COPY . ."],
    build: "RUN go build",
    start: 'ENTRYPOINT ["./calculator"]',
    files: MODULE,
  }),
  variant("shell form", { build: "RUN go build -o /app .", start: "CMD exec /app" }),
  variant("settings of the image", {
    before: [
      GOPATH_MODE,
      'ENV GREETING="hello you" LEVEL=1',
      "LABEL org.opencontainers.image.title=calculator",
      "COPY . .",
    ],
    after: ["EXPOSE 8080/tcp", "STOPSIGNAL SIGINT", "USER nobody"],
  }),
  variant("a folder that the script changes to", {
    before: ["COPY . /project/calculator/"],
    build: "RUN export GO111MODULE=off && cd /project/calculator && env CGO_ENABLED=0 go build -o /app",
    start: 'ENTRYPOINT ["/app"]\nCMD ["--quiet"]',
  }),
];
