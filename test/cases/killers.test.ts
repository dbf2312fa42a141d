import { describe, expect, test } from "vitest";
import { Analysis, applyEdits, recipes } from "../../server/src/core";
import { fixture } from "../kit/fixture";

/** What became of conversions that others made and that died at run time: ours is adapted, or refused with the reason. */
type Row = readonly [what: string, target: string, source: string, becomes: RegExp];

const NODE = `#- package.json
{ "name": "a", "version": "1.0.0", "scripts": { "start": "node server.js" }, "dependencies": { "ms": "2.1.3" } }
#- package-lock.json
{ "name": "a", "lockfileVersion": 3, "packages": { "": { "dependencies": { "ms": "2.1.3" } }, "node_modules/ms": { "version": "2.1.3" } } }
#- server.js
require("node:http").createServer((_, answer) => answer.end("a")).listen(8080);`;
const NATIVE = NODE.replaceAll('"ms": "2.1.3"', '"bcrypt": "5.1.1"').replace(
  '"node_modules/ms": { "version": "2.1.3" }',
  '"node_modules/bcrypt": { "version": "5.1.1", "hasInstallScript": true }',
);
const POM = `#- pom.xml
<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>app</artifactId><version>1</version><properties><maven.compiler.release>21</maven.compiler.release></properties><build><finalName>app</finalName></build></project>
#- src/main/java/Main.java
class Main { public static void main(String[] a) { System.out.println("a"); } }`;
const go = (main: string) => `#- go.mod\nmodule example.com/a\n\ngo 1.26\n#- main.go\n${main}`;
const GO = "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /a .\n";
const node = (lines: string, base = "node:24") =>
  `FROM ${base}\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\n${lines}`;
const java = (lines: string) =>
  `FROM maven:3.9-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn -q package\n${lines}`;

const ADAPTED: readonly Row[] = [
  ["a start in shell form, by npm", "distroless", `${node("CMD npm start")}\n${NODE}`, /^CMD \["server\.js"\]$/m],
  [
    "exec in a shell form",
    "distroless",
    `${java("ENTRYPOINT exec java -jar target/app.jar")}\n${POM}`,
    /^ENTRYPOINT \["(?:\/usr\/bin\/)?java", "-jar", "target\/app\.jar"\]$/m,
  ],
  [
    "java -jar where the entrypoint has it",
    "distroless",
    `${java('CMD ["java", "-jar", "target/app.jar"]')}\n${POM}`,
    /^CMD \["target\/app\.jar"\]$/m,
  ],
  [
    "cgo stands on the C library",
    "distroless",
    `${GO}CMD ["/a"]\n${go('package main\n\n// #include <stdlib.h>\nimport "C"\n\nfunc main() { C.abs(-1) }')}`,
    /^FROM gcr\.io\/distroless\/(?:base|cc)-debian13:nonroot$/m,
  ],
  [
    "C++ stands on its library",
    "distroless",
    'FROM gcc:14\nWORKDIR /app\nCOPY main.cpp .\nRUN g++ -o hello main.cpp\nCMD ["./hello"]\n#- main.cpp\n#include <iostream>\nint main() { std::cout << "a\\n"; }',
    /^FROM gcr\.io\/distroless\/(?:cc|base)-debian13:nonroot$/m,
  ],
  [
    "a folder that another user writes to",
    "distroless",
    `${GO}CMD ["/a"]\n${go('package main\n\nimport "os"\n\nfunc main() {\n\tif os.MkdirAll("/data", 0o755) != nil {\n\t\tos.Exit(1)\n\t}\n\tos.WriteFile("/data/a", nil, 0o644)\n}')}`,
    /^COPY --from=build --chown=65532:65532 \/data \/data$/m,
  ],
  [
    "the folder that a program starts in",
    "distroless",
    `${GO}CMD ["/a"]\n${go("package main\n\nfunc main() {}")}`,
    /^WORKDIR \/src$/m,
  ],
  [
    "a user that the stage makes, on slim",
    "slim",
    `${node("RUN useradd --create-home app\nUSER app\nCMD npm start")}\n${NODE}`,
    /^RUN useradd --create-home app\n(?:.*\n)*USER app$/m,
  ],
];

const REFUSED: readonly Row[] = [
  [
    "a variable in a shell form",
    "distroless",
    `${java("CMD java $JAVA_OPTS -jar target/app.jar")}\n${POM}`,
    /expands a variable, which needs a shell/,
  ],
  [
    "a start script",
    "distroless",
    `${java('ENTRYPOINT ["./start.sh"]')}\n${POM}\n#- start.sh\n#!/bin/sh\nexec java -jar target/app.jar`,
    /start\.sh/,
  ],
  [
    "Python of another minor version",
    "distroless",
    'FROM python:3.14\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n#- requirements.txt\nflask==3.1.0\n#- app.py\nprint(1)',
    /3\.13 alone/,
  ],
  [
    "a health check by curl",
    "distroless",
    `${node('HEALTHCHECK CMD curl -f http://localhost:8080/\nCMD ["node", "server.js"]')}\n${NODE}`,
    /HEALTHCHECK runs a command/,
  ],
  [
    "certificates on scratch",
    "scratch",
    `${GO}CMD ["/a"]\n${go('package main\n\nimport "net/http"\n\nfunc main() { http.Get("https://example.com/") }')}`,
    /certificates/,
  ],
  [
    "time zones on scratch",
    "scratch",
    `${GO}CMD ["/a"]\n${go('package main\n\nimport "time"\n\nfunc main() { time.LoadLocation("Europe/Berlin") }')}`,
    /time zones/,
  ],
  [
    "packages that musl compiled",
    "distroless",
    `${node('CMD ["node", "server.js"]', "node:24-alpine")}\n${NATIVE}`,
    /Alpine/,
  ],
  [
    "a C library newer than any distroless has",
    "distroless",
    'FROM ubuntu:26.04\nRUN apt-get update && apt-get install -y gcc\nWORKDIR /app\nCOPY main.c .\nRUN gcc -o hello main.c\nCMD ["./hello"]\n#- main.c\n#include <stdio.h>\nint main(void) { puts("a"); }',
    /2\.43/,
  ],
  [
    "an init of the system",
    "distroless",
    `${node('RUN apt-get update && apt-get install -y tini\nENTRYPOINT ["tini", "--"]\nCMD ["node", "server.js"]')}\n${NODE}`,
    /tini/,
  ],
];

const [split] = recipes.filter(({ id }) => id === "split-build-stage");

describe("conversions that died at run time", () => {
  const answerTo = (source: string, target: string) => {
    const { text, project } = fixture(source);
    const answer = split && new Analysis(text, project).answer(split, target);
    return answer?.kind === "offer" ? { text: applyEdits(text, answer.change().edits) } : { refused: answer?.reason };
  };
  test.each(ADAPTED)("adapted: %s (%s)", (_what, target, source, becomes) => {
    expect(answerTo(source, target)).toEqual({ text: expect.stringMatching(becomes) });
  });
  test.each(REFUSED)("refused: %s (%s)", (_what, target, source, reason) => {
    expect(answerTo(source, target)).toEqual({ refused: expect.stringMatching(reason) });
  });
});
