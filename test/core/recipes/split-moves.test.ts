import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs that a later command moves, copies or links to where they are started. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");
const slim = testRecipe("slim-final-stage");

const FILES =
  '#- go.mod\nmodule example.com/m\n#- main.go\npackage main\nimport "fmt"\nfunc main() { fmt.Println() }\n';
/** Modules that are not read may use files of the image. */
const FOREIGN =
  '#- go.mod\nmodule example.com/m\n#- main.go\npackage main\nimport "github.com/x/y"\nfunc main() { y.F() }\n';
const head = "FROM golang:1.26\nWORKDIR /app\nCOPY . .\n";

rewrites(
  "mv in the RUN of the build, found through PATH",
  "scratch",
  `${head}RUN go build -o app . && mv app /usr/local/bin/calc\nCMD ["calc"]\n${FILES}`,
  `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o app . && mv app /usr/local/bin/calc

FROM scratch
WORKDIR /app
COPY --from=build /usr/local/bin/calc /usr/local/bin/calc
CMD ["calc"]
`,
);

rewrites(
  "a link leads to the file that is copied",
  "scratch",
  `${head}RUN go build -o app .\nRUN ln -s /app/app /usr/local/bin/calc\nCMD ["calc"]\n${FILES}`,
  `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o app .
RUN ln -s /app/app /usr/local/bin/calc

FROM scratch
WORKDIR /app
COPY --from=build /app/app /usr/local/bin/calc
CMD ["calc"]
`,
);

function copies(steps: string, start: string, files = FILES): readonly string[] {
  const { edits } = offer(`${head}${steps}\n${start}\n${files}`, "distroless").change();
  return edits.flatMap(({ text }) => text.match(/COPY --from.*/g) ?? []);
}

test.each([
  ["cp", "RUN go build -o app .\nRUN cp app /usr/local/bin/calc", '["/usr/local/bin/calc"]', "/usr/local/bin/calc"],
  ["mv to the root", "RUN go build -o app . && mv app /calc", '["/calc"]', "/calc"],
  ["into a folder", "RUN go build -o calc . && mv calc /usr/local/bin", '["calc"]', "/usr/local/bin/calc"],
  ["install", "RUN go build -o app .\nRUN install -m 755 app /usr/bin/calc", '["calc"]', "/usr/bin/calc"],
  ["twice", "RUN go build -o app . && mv app /a\nRUN mv /a /b", '["/b"]', "/b"],
  ["the folder is removed", "RUN go build -o app . && cp app /b && rm -rf /app", '["/b"]', "/b"],
  ["chmod afterwards", "RUN go build -o app . && mv app /b && chmod 755 /b", '["/b"]', "/b"],
  [
    "out of a mount",
    "RUN --mount=type=cache,target=/app/bin go build -o bin/app . && cp bin/app /app/app",
    '["./app"]',
    "/app/app",
  ],
])("%s", (_name, steps, start, place) => {
  for (const files of [FILES, FOREIGN])
    expect(copies(steps, `CMD ${start}`, files)).toEqual([`COPY --from=build ${place} ${place}`]);
});

test("two programs move together", () => {
  const files =
    "#- go.mod\nmodule example.com/m\n#- a/a.go\npackage main\nfunc main() {}\n#- b/b.go\npackage main\nfunc main() {}\n";
  expect(copies("RUN go build -o x ./a && go build -o y ./b && mv x y /usr/bin/", 'CMD ["x"]', files)).toEqual([
    "COPY --from=build /usr/bin/x /usr/bin/x",
    "COPY --from=build /usr/bin/y /usr/bin/y",
  ]);
});

const NOWHERE = /no step is seen to put the program where it is started/;
test.each([
  ["under a condition", "RUN go build -o app .\nRUN if [ -f x ]; then mv app /b; fi", '["/b"]'],
  ["by a variable", "ARG TO=/b\nRUN go build -o app . && mv app $TO", '["/b"]'],
  ["moved away", "RUN go build -o app . && mv app /b", '["./app"]'],
  ["removed with its folder", "RUN go build -o bin/app . && rm -rf bin", '["./bin/app"]'],
  ["the link leads nowhere", "RUN go build -o app . && ln -s app /usr/bin/b", '["/usr/bin/b"]'],
  ["what it linked to is gone", "RUN go build -o app . && ln -s /app/app /b && rm app", '["/b"]'],
  ["in a mount", "RUN --mount=type=cache,target=/app/bin go build -o bin/app .", '["./bin/app"]'],
  ["a mode for its owner alone", "RUN go build -o app . && install -m 700 app /b", '["/b"]'],
])("not offered: %s", (_name, steps, start) => {
  expect(() => copies(steps, `CMD ${start}`)).toThrow(NOWHERE);
});

refuses(
  "another file takes its place",
  "scratch",
  `${head}RUN go build -o app . && mv app /b\nRUN cp other /b\nCMD ["/b"]\n${FILES}`,
  "`cp` changes the program after it was built, which the final stage might not keep.",
);

refuses(
  "what moves with it may be read",
  "distroless",
  `${head}RUN go build -o app . && cp app data.txt /usr/bin/\nCMD ["app"]\n${FOREIGN}`,
  /^`cp` in the build stage may make something that the program uses at run time/,
);

slim.rewrites(
  "a build stage that moves its program",
  "scratch",
  `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o app . && mv app /calc

FROM ubuntu:24.04
WORKDIR /
COPY --from=build /calc /calc
CMD ["/calc"]
${FILES}`,
  `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o app . && mv app /calc

FROM scratch
WORKDIR /
COPY --from=build /calc /calc
CMD ["/calc"]
`,
);
