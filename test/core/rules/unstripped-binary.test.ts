import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("unstripped-binary");

const two = (build: string) => `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN ${build}
  FROM scratch
  COPY --from=build /app /app
  CMD ["/app"]
  `;

finds(
  "a plain build that a final stage carries",
  two(
    "go build -o /app main.go\n  #   ^^^^^^^^^^^^^^^^^^^^^^^^ The program keeps its symbol table and debug information, about a third of its size.",
  ),
);
finds(
  "a build that leaves out only its paths, through a stage in between",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN go build -trimpath -o /app main.go
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The program keeps its symbol table and debug information, about a third of its size.
  FROM busybox AS between
  COPY --from=build /app /bin/app
  FROM scratch
  COPY --from=between /bin/app /
  ENTRYPOINT ["/app"]
  `,
);
ignores("a stripped build", two('go build -ldflags="-s -w" -o /app main.go'));
ignores("GOFLAGS that strip", two('GOFLAGS="-ldflags=-s" go build -o /app main.go'));
ignores(
  "a build that ships with its compiler: that comes first",
  'FROM golang:1.26\nCOPY main.go /src/\nRUN go build -o /app /src/main.go\nCMD ["/app"]\n',
);
ignores("a build whose program is not started", `${two("go build -o /app main.go").replace('"/app"', '"/other"')}`);

fixes(
  "flags that are there stay",
  "Leave out symbols and debug information",
  two('go build -trimpath -ldflags="-X main.version=1" -o /app main.go'),
  two('go build -trimpath -ldflags="-s -w -X main.version=1" -o /app main.go'),
);
