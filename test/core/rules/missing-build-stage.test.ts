import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("missing-build-stage");
const MESSAGE = "The Go compiler and all that it needs ship with the program; the program alone is needed at run time.";

finds(
  "a build in the stage that ships",
  `
  FROM golang:1.26
  COPY . .
  RUN go build -o /app .
  #   ^^^^^^^^^^^^^^^^^^ ${MESSAGE}
  CMD ["/app"]
`,
);

finds(
  "a build behind other commands, in lower case",
  `
  from golang:1.26
  run cd /src && CGO_ENABLED=0 go install -v ./cmd/tool && echo done
  #                            ^^^^^^^^^^^^^^^^^^^^^^^^ ${MESSAGE}
  entrypoint ["tool"]
`,
);

finds(
  "a build in a stage that the shipped one stands on",
  `
  FROM golang:1.26 AS base
  RUN go build -o /app .
  #   ^^^^^^^^^^^^^^^^^^ ${MESSAGE}
  FROM base
  CMD ["/app"]
`,
);

test("a heredoc is a script; its carriage returns are part of it, as they are for the shell", () => {
  const text = 'FROM golang:1.26\nRUN <<EOF\ngo build -o /app .\nEOF\nCMD ["/app"]\n';
  const [finding] = new Analysis(text).findings.filter(({ rule }) => rule.id === "missing-build-stage");
  expect(text.slice(finding?.span.start, finding?.span.end)).toBe("go build -o /app .");
});

ignores(
  "a build stage of its own",
  'FROM golang:1.26 AS build\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n',
);
ignores("a toolbox", 'FROM golang:1.26\nRUN go install example.com/tool@latest\nCMD ["bash"]\n');
ignores("an image that starts nothing of its own", "FROM golang:1.26\nRUN go install example.com/tool@latest\n");
ignores("words that are no command", 'FROM debian\nRUN echo "go build" # go build\nCMD ["x"]\n');
ignores("other commands of go", 'FROM golang:1.26\nRUN go test ./...\nCMD ["go", "run", "."]\n');
