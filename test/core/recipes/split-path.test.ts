import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs that are found through the PATH of their stage. */
const { rewrites, offer } = testRecipe("split-build-stage");

const FILES =
  '#- go.mod\nmodule example.com/m\n#- main.go\npackage main\nimport "fmt"\nfunc main() { fmt.Println() }\n';

rewrites(
  "a folder behind the PATH of the base",
  "scratch",
  `FROM golang:1.26
ENV HOME_OF_APP=/app
ENV PATH=$PATH:$HOME_OF_APP
WORKDIR /app
COPY . .
RUN go build -o calc .
CMD ["calc"]
${FILES}`,
  `FROM golang:1.26 AS build
ENV HOME_OF_APP=/app
ENV PATH=$PATH:$HOME_OF_APP
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o calc .

FROM scratch
WORKDIR /app
COPY --from=build /app/calc /usr/local/bin/calc
ENV HOME_OF_APP=/app
CMD ["calc"]
`,
);

const start = (env: string) =>
  `FROM golang:1.26\nWORKDIR /opt/app\nCOPY . .\nRUN go build -o bin/app .\n${env}\nCMD ["app"]\n${FILES}`;

test.each([
  ['ENV PATH="/opt/app/bin:${PATH}"'],
  ["ENV PATH=/opt/app/bin"],
  ["ENV PATH /opt/app/bin:$PATH"],
  ["ARG X\nENV PATH=$X:/opt/app/bin"],
  ["ENV PATH=/opt/app/bin:$PATH\nENV PATH=/x:$PATH"],
])("%s finds it", (env) => {
  const { edits } = offer(start(env), "scratch").change();
  expect(edits.map(({ text }) => text).join("")).toContain("COPY --from=build /opt/app/bin/app /usr/local/bin/app\n");
});

test.each([["ENV PATH=$PATH:/opt/app"], ["ENV PATH=/opt/app/bin\nENV PATH=/usr/bin"], ["ARG X\nENV PATH=$X:$PATH"]])(
  "%s does not find it",
  (env) => expect(() => offer(start(env), "scratch")).toThrow(/no step is seen to put the program/),
);
