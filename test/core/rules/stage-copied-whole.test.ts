import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const ID = "stage-copied-whole";
const { finds, ignores } = testRule(ID);

finds(
  "the root of a build stage",
  `
  FROM golang:1.26 AS build
  RUN go install example.com/app@latest
  FROM debian:trixie-slim
  COPY --from=build / /
  #                 ^ All of stage build is taken: the image ships golang:1.26 (≈ 880 MB) with the program.
  CMD ["app"]
`,
);

finds(
  "/usr of an image, and folders of compilers",
  `
  FROM golang:1.26-bookworm AS build
  FROM debian:trixie-slim
  COPY --from=build /usr/local /usr/local
  #                 ^^^^^^^^^^ All of /usr/local is taken from stage build: what golang:1.26-bookworm compiles with ships too.
  COPY --from=rust:1-trixie /usr /usr
  #                         ^^^^ All of /usr of rust:1-trixie is taken: the image ships most of rust:1-trixie with the program.
  CMD ["app"]
`,
);

finds(
  "the interpreter that the final base has",
  `
  FROM python:3.13 AS build
  RUN pip install flask
  FROM python:3.13-slim
  COPY --from=build /usr/local /usr/local
  #                 ^^^^^^^^^^ All of /usr/local is taken from stage build: the python in it is in the final base already, and ships twice.
  CMD ["flask", "run"]
`,
);

finds(
  "the folder that a program is compiled in",
  `
  FROM golang:1.26 AS build
  WORKDIR /app
  COPY . .
  RUN go build -o server .
  FROM gcr.io/distroless/static-debian13
  COPY --from=build /app /app
  #                 ^^^^ All of /app is taken from stage build: its build makes /app/server; the sources that go compiles there ship too.
  CMD ["/app/server"]
  #- go.mod
  module example.com/app
  #- main.go
  package main
  func main() {}
`,
);

finds(
  "sources of Java and C",
  `
  FROM eclipse-temurin:21-jdk AS java
  WORKDIR /src
  COPY . .
  RUN ./gradlew installDist
  FROM gcc:15 AS c
  COPY . /c
  RUN cd /c && gcc -o hello hello.c
  FROM eclipse-temurin:21-jre
  COPY --from=java /src /opt
  #                ^^^^ All of /src is taken from stage java: the sources that gradlew compiles there ship too.
  COPY --from=c ["/c/", "/c/"]
  #              ^^^^^ All of /c is taken from stage c: its build makes /c/hello; the sources that gcc compiles there ship too.
  CMD ["/opt/build/install/app/bin/app"]
`,
);

describe("it is silent", () => {
  const silent = (name: string, build: string, final: string) =>
    ignores(name, `${build}\nFROM ${final}\nCMD ["/app"]\n`);
  const GO = "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .";
  silent("of the program", GO, "scratch\nCOPY --from=build /out/app /app");
  silent("of the folder of what was built", GO, "scratch\nCOPY --from=build /out /");
  silent("of a compiler that is wanted", GO, "debian:trixie\nCOPY --from=golang:1.26 /usr/local/go /usr/local/go");
  silent(
    "of a root that is made on purpose",
    "FROM debian AS build\nRUN debootstrap trixie /rootfs",
    "scratch\nCOPY --from=build /rootfs /",
  );
  silent(
    "of one layer out of many",
    "FROM debian:trixie AS base\nRUN apt-get install -y nginx",
    "scratch\nCOPY --from=base / /",
  );
  silent(
    "of a stage on scratch",
    `${GO}\nFROM scratch AS bin\nCOPY --from=build /out/app /`,
    "debian\nCOPY --from=bin / /usr/bin/",
  );
  silent("of an image that nobody knows", GO, "debian\nCOPY --from=example.com/tools / /");
  silent(
    "where a step removes the sources",
    "FROM gcc:15 AS build\nCOPY . /app\nRUN cd /app && gcc -o hello hello.c && rm -rf /app/src",
    "debian\nCOPY --from=build /app /app",
  );
  silent(
    "of sources that run",
    "FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci",
    "node:24-slim\nCOPY --from=build /app /app",
  );
  silent("of a folder that a variable names", GO, "debian\nARG DIR\nCOPY --from=build $DIR /app");
});
ignores("a toolbox", 'FROM golang:1.26 AS go\nFROM debian:trixie\nCOPY --from=go / /\nCMD ["bash"]\n');
ignores(
  "a stage that does not ship",
  'FROM golang:1.26 AS a\nFROM debian AS b\nCOPY --from=a / /\nFROM scratch\nCMD ["/a"]\n',
);

test("that a compiler ships is certain, that sources are not needed is likely", () => {
  const of = (text: string) => new Analysis(text).findings.find(({ rule }) => rule.id === ID)?.confidence;
  const C = "FROM gcc:15 AS build\nCOPY . /app\nRUN cd /app && gcc -o hello hello.c\nFROM debian:trixie\n";
  expect(of(`${C}COPY --from=build /app /app\nCMD ["/app/hello"]\n`)).toBe("likely");
  expect(of(`${C}COPY --from=build /usr /usr\nCMD ["/app/hello"]\n`)).toBe("certain");
});
