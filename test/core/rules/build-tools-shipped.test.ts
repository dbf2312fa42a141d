import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("build-tools-shipped");

finds(
  "compilers and headers among what a program needs",
  `
  FROM python:3.13-slim
  RUN apt-get update && apt-get install -y --no-install-recommends gcc-14 libpq-dev libpq5 curl python3-pip
  #                     ^^^^^^^^^^^^^^^ gcc-14 and libpq-dev are for building and ship with the program (≈ 270 MB with all that this installs).
  CMD ["python", "app.py"]
`,
);

finds(
  "Go, with what it weighs",
  `
  FROM ubuntu:26.04
  RUN apt-get install -y --no-install-recommends golang-go
  #   ^^^^^^^^^^^^^^^ golang-go is for building and ships with the program (≈ 230 MB with all that this installs).
  CMD ["/app"]
`,
);

finds(
  "a stage that the shipped one stands on, and other package managers",
  `
  FROM alpine:3.22 AS base
  RUN apk add --no-cache --virtual .tools build-base git
  #   ^^^^^^^ build-base and git are for building and ship with the program.
  FROM base
  RUN dnf -y install gcc-c++ make openssl-devel java-21-openjdk-devel
  #   ^^^^^^^^^^^^^^ gcc-c++, make, openssl-devel and java-21-openjdk-devel are for building and ship with the program.
  CMD ["/app"]
`,
);

finds(
  "some that are removed and some that are not, in an image that starts what its base does",
  `
  FROM php:8.4-apache
  RUN apt-get install -y git libzip-dev && docker-php-ext-install zip && apt-get purge -y libzip-dev
  #   ^^^^^^^^^^^^^^^ git is for building and ships with the program.
`,
);

finds(
  "many",
  `
  FROM debian:trixie
  RUN apt-get install -y g++ make cmake autoconf libtool bison
  #   ^^^^^^^^^^^^^^^ g++, make, cmake and 3 more packages are for building and ship with the program (≈ 370–550 MB with all that this installs).
  CMD ["/app"]
`,
);

const ships = (run: string) => `FROM debian:trixie\n${run}\nCMD ["/app"]\n`;
ignores("a build stage", 'FROM debian:trixie AS build\nRUN apt-get install -y gcc\nFROM scratch\nCMD ["/app"]\n');
ignores("what a program may need", ships("RUN apt-get install -y libpq5 ca-certificates curl tzdata mkdevtools"));
ignores("a toolbox", 'FROM debian:trixie\nRUN apt-get install -y gcc\nCMD ["bash"]\n');
ignores("an image whose base starts a shell", "FROM debian:trixie\nRUN apt-get install -y gcc\n");
ignores("an image of which nobody knows what it starts", "FROM example.com/base\nRUN apt-get install -y gcc\n");
ignores("what the same RUN removes", ships("RUN apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc"));
ignores(
  "what a later RUN removes: deleted-in-later-layer says there that it ships",
  'FROM alpine:3.22\nRUN apk add -t .tools gcc git\nRUN apk add make\nRUN apk del .tools make\nCMD ["/app"]\n',
);
ignores("what it removes by a variable", ships("RUN apt-get install -y gcc && apt-get purge -y $TOOLS"));
ignores("what it removes by marks", ships("RUN apt-get install -y gcc && apt-mark auto '.*' && apt-get autoremove -y"));
ignores(
  "what it removes by a name of its own",
  'FROM alpine:3.22\nRUN apk add -t .tools gcc musl-dev && make && apk del .tools\nCMD ["/app"]\n',
);

test("build-tools-shipped leads to the build that uses them", () => {
  const text = 'FROM ubuntu\nRUN apt-get install -y golang\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n';
  const finding = new Analysis(text).findings.find(({ rule }) => rule.id === "build-tools-shipped");
  expect(finding?.related?.map(({ span }) => text.slice(span.start, span.end))).toEqual(["go build -o /app ."]);
});
