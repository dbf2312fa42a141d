import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** How the program is started and checked: words that need a shell, and words that do not. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");
const slim = testRecipe("slim-final-stage");

const FILES =
  '#- go.mod\nmodule example.com/m\n#- main.go\npackage main\nimport "fmt"\nfunc main() { fmt.Println() }\n';
const head = "FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\n";
const built = `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o app .
`;
const final = "\nFROM scratch\nWORKDIR /app\nCOPY --from=build /app/app /app/app\n";

rewrites(
  "a HEALTHCHECK by a relative path",
  "scratch",
  `${head}HEALTHCHECK --interval=5s CMD ["./app","-health"]\nCMD ["./app"]\n${FILES}`,
  `${built}HEALTHCHECK --interval=5s CMD ["./app","-health"]\n${final}HEALTHCHECK --interval=5s CMD ["./app","-health"]\nCMD ["./app"]\n`,
);

rewrites(
  "a HEALTHCHECK of plain words becomes exec form",
  "scratch",
  `${head}HEALTHCHECK --interval=5s CMD /app/app -health\nENTRYPOINT ["/app/app"]\n${FILES}`,
  `${built}HEALTHCHECK --interval=5s CMD /app/app -health\n${final}HEALTHCHECK --interval=5s CMD ["/app/app", "-health"]\nENTRYPOINT ["/app/app"]\n`,
);

test("a HEALTHCHECK that becomes exec form is said", () => {
  const { drops } = offer(`${head}HEALTHCHECK CMD ./app -h\nCMD ["./app"]\n${FILES}`, "scratch").change();
  expect(drops).toEqual([
    { key: "HEALTHCHECK", name: "", why: "it is written in exec form, for the final image has no shell" },
  ]);
});

test("a HEALTHCHECK follows the program to its new place", () => {
  const source = `${head.replace("build -o app", "install")}HEALTHCHECK CMD ["/go/bin/m", "-h"]\nCMD ["m"]\n${FILES}`;
  const { edits } = offer(source, "scratch").change();
  expect(edits.map(({ text }) => text).join("")).toContain('HEALTHCHECK CMD ["/usr/local/bin/m", "-h"]\n');
});

rewrites(
  "a variable that only the start sets",
  "scratch",
  `${head}ENV PORT=80\nCMD PORT=8080 MODE="fast" exec ./app --verbose\n${FILES}`,
  `${built}ENV PORT=80\n${final}ENV PORT=80\nENV PORT=8080\nENV MODE=fast\nCMD ["./app", "--verbose"]\n`,
);

test("a variable that only the start sets is said", () => {
  expect(offer(`${head}CMD PORT=8080 ./app\n${FILES}`, "scratch").assumes).toContain(
    "ENV sets PORT, which CMD set: `docker run -e` can set it to something else now.",
  );
});

refuses("a time zone that the start sets", "scratch", `${head}CMD TZ=Europe/Berlin ./app\n${FILES}`, /time zone/);
refuses(
  "a variable that a shell expands",
  "scratch",
  `${head}CMD PORT=$OTHER ./app\n${FILES}`,
  "CMD sets a variable, which needs a shell; distroless and scratch have none.",
);

refuses(
  "a HEALTHCHECK that needs a shell",
  "scratch",
  `${head}HEALTHCHECK CMD ./app -h || exit 1\nCMD ["./app"]\n${FILES}`,
  "HEALTHCHECK runs more than one command, which needs a shell, and the final image has none; a check by the program itself, in exec form, can stay.",
);

slim.refuses(
  "a HEALTHCHECK in shell form",
  "scratch",
  `${built}\nFROM ubuntu:24.04\nWORKDIR /app\nCOPY --from=0 /app/app .\nHEALTHCHECK CMD ./app -h\nCMD ["./app"]\n${FILES}`,
  'HEALTHCHECK is in shell form, and the smaller image has no shell; it can stay as HEALTHCHECK CMD ["./app", "-h"]',
);

rewrites(
  "sh -c with plain words",
  "scratch",
  `${head}CMD ["sh","-c","./app"]\n${FILES}`,
  `${built}${final}CMD ["./app"]\n`,
);

rewrites(
  "quotes are no shell's work",
  "scratch",
  `${head}CMD exec ./app -name "a  b" --json='{"a":1}' a\\ b\n${FILES}`,
  `${built}${final}CMD ["./app", "-name", "a  b", "--json={\\"a\\":1}", "a b"]\n`,
);

refuses(
  "names of files",
  "scratch",
  `${head}CMD ./app *.go ~ {a,b}\n${FILES}`,
  "CMD expands names of files, which needs a shell; distroless and scratch have none.",
);

for (const [start, script] of [
  ['ENTRYPOINT ["./entrypoint.sh"]\nCMD ["worker"]', "./entrypoint.sh"],
  ['CMD ["bash", "/start.sh"]', "/start.sh"],
  ["CMD ./start.sh", "./start.sh"],
] as const) {
  refuses(
    `a shell script: ${start}`,
    "scratch",
    `${head}${start}\n${FILES}`,
    `The image starts the shell script ${script}, which distroless and scratch cannot run; a slim final stage can.`,
  );
  slim.refuses(
    `a shell script: ${start}`,
    "scratch",
    `${built}\nFROM busybox\nWORKDIR /app\nCOPY --from=build /app/app .\nCOPY *.sh .\n${start}\n${FILES}`,
    `The image starts the shell script ${script}, which distroless and scratch cannot run; a slim system can.`,
  );
}

refuses(
  "sh -c that needs a shell",
  "scratch",
  `${head}CMD ["sh", "-c", "./app -p $PORT"]\n${FILES}`,
  "CMD expands a variable, which needs a shell; distroless and scratch have none.",
);

for (const lines of ["", "RUN go build -o app .\n"])
  refuses(
    "go run",
    "scratch",
    `FROM golang:1.26\nWORKDIR /app\nCOPY . .\n${lines}CMD ["go","run","."]\n${FILES}`,
    "`go run` compiles the program at each start, and so needs the compiler there; a program that a RUN builds (go build -o) can ship alone.",
  );
