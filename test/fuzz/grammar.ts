/** Dockerfiles out of BuildKit's grammar: every instruction and flag, heredocs, continuations, directives; right ones and nearly right ones. */
import fc from "fast-check";
import { script, variable } from "./scripts";

const STAGES = ["build", "builder", "base", "final", "BUILD", "0", "1", "-1", "a.b", "x_y", "scratch", "context"];
const IMAGES = [
  ...["golang:1.26", "golang:1.21-alpine", "ubuntu", "debian:trixie-slim", "debian:buster", "alpine:3.20", "busybox"],
  ...[
    "scratch",
    "gcr.io/distroless/static-debian13:nonroot",
    "gcr.io/distroless/base",
    "gcr.io/distroless/python3-debian13",
  ],
  ...[
    "gcr.io/distroless/nodejs24-debian13",
    "gcr.io/distroless/java21-debian13",
    "node:24",
    "python:3.11-slim",
    "rust:1",
    "openjdk:11-jre",
  ],
  ...[
    "maven:3-eclipse-temurin-21",
    "mcr.microsoft.com/dotnet/sdk:8.0",
    "nginx",
    "localhost:5000/a/b:c@sha256:00",
    "example.com/x",
    "Ubuntu",
    ":",
    "a@b",
  ],
];
const PATHS = [
  ...[
    ".",
    "./",
    "/",
    "/app",
    "/app/",
    "app",
    "*.go",
    "go.mod",
    "go.sum",
    "/src/../app",
    "a b",
    "'a b'",
    "C:\\x",
    "https://example.com/a.tgz",
  ],
  ...[
    "git@github.com:a/b.git#main:sub",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/local/bin/app",
    "/go/bin/*",
    "target/release/app",
    "\\",
    "/a\\ b",
  ],
];
const USERS = ["root", "0", "1000", "1000:1000", "nobody", "app:app", "nonroot", "$A", ":", "65532"];
const MOUNTS = [
  ...[
    "type=cache,target=/root/.cache,id=x,sharing=locked",
    "type=bind,from=build,source=/a,target=/b,rw",
    "type=tmpfs,target=/tmp,size=1g",
  ],
  ...[
    "type=secret,id=s,required=true,mode=0400,env=S",
    "type=ssh",
    "target=/x",
    "type=nothing",
    "from=0,target=/y",
    "",
    "a=b=c",
    '"type=cache",target="/x y"',
  ],
];
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  FROM: ["--platform=$BUILDPLATFORM", "--platform=linux/amd64"],
  RUN: [
    ...MOUNTS.map((mount) => `--mount=${mount}`),
    "--network=none",
    "--security=insecure",
    "--device=vendor/x=y",
    "--mount",
    "--unknown=1",
  ],
  COPY: [
    "--from=build",
    "--from=0",
    "--from=nginx",
    "--from=$A",
    "--chown=1000:1000",
    "--chmod=755",
    "--link",
    "--link=false",
    "--parents",
    "--exclude=*.md",
    "--from",
  ],
  ADD: ["--chown=app", "--checksum=sha256:00", "--keep-git-dir=true", "--unpack", "--link", "--exclude=x"],
  HEALTHCHECK: [
    "--interval=5s",
    "--timeout=1m",
    "--start-period=0s",
    "--start-interval=1s",
    "--retries=3",
    "--retries=x",
  ],
};

const from = fc.constantFrom.bind(fc) as <T>(...values: readonly T[]) => fc.Arbitrary<T>;
const someOf = (values: readonly string[], most: number) =>
  fc.array(from(...values), { maxLength: most }).map((all) => all.join(" "));
const path = fc.oneof({ weight: 5, arbitrary: from(...PATHS) }, variable);
const value = fc.oneof(from("b", '"b c"', "'b c'", "", "a\\ b", '"', "é", "日本", "\u{1F600}", "=", "a=b"), variable);
const pair = fc
  .tuple(from("A", "PATH", "CGO_ENABLED", "GOFLAGS", "VERSION", "a.b", '"q r"', ""), value)
  .map(([name, text]) => `${name}=${text}`);
const json = fc.array(
  from("/app", "app", "sh", "-c", "a b", "--flag", "", "node", "java", "-jar", "/x.jar", "$A", "\\", "é"),
  { maxLength: 5 },
);
/** The JSON form, and what comes near it. */
const exec = fc.oneof(
  { weight: 6, arbitrary: json.map((words) => JSON.stringify(words)) },
  json.map((words) => JSON.stringify(words).replaceAll(",", " , ").replaceAll('"', "'")),
  json.map((words) => JSON.stringify(words).slice(0, -1)),
  from("[1]", "[[]]", "[null]", '["a",]', '["a" "b"]', '["\\x"]', '["\\u00e9"]', "[ ]", '["a"] b'),
);

const heredoc = fc
  .tuple(
    from("EOF", "'EOF'", '"EOF"', "-EOF", "EOF1", "-'A B'", "3EOF"),
    fc.array(script, { maxLength: 4 }),
    from("", "#!/bin/sh", "#!/usr/bin/env python3"),
    fc.boolean(),
  )
  .map(([head, lines, shebang, ends]) => {
    const name = head.replace(/^-/, "").replace(/["']/g, "");
    return {
      head: `<<${head}`,
      body: [shebang, ...lines, ...(ends ? [name] : [])].filter((line) => line !== "").join("\n"),
    };
  });
const heredocs = fc.array(heredoc, { minLength: 1, maxLength: 2 });
const withHeredocs = (word: string, tail: string) =>
  heredocs.map(
    (all) => `${word} ${all.map(({ head }) => head).join(" ")} ${tail}\n${all.map(({ body }) => body).join("\n")}`,
  );

function flagged(keyword: string, rest: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(someOf(FLAGS[keyword] ?? [], 2), rest)
    .map(([flags, body]) => [keyword, flags, body].filter((part) => part !== "").join(" "));
}

const started = fc.oneof(exec, script);

/** One instruction, on one line but for its heredocs. */
export const instruction: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: flagged("RUN", fc.oneof({ weight: 5, arbitrary: script }, exec)) },
  withHeredocs("RUN", ""),
  {
    weight: 3,
    arbitrary: flagged(
      "COPY",
      fc.oneof(
        fc.tuple(path, path).map((both) => both.join(" ")),
        fc.array(path, { maxLength: 4 }).map((all) => all.join(" ")),
        exec,
      ),
    ),
  },
  withHeredocs("COPY", "/x/"),
  flagged(
    "ADD",
    fc.tuple(path, path).map((both) => both.join(" ")),
  ),
  {
    weight: 2,
    arbitrary: flagged(
      "FROM",
      fc
        .tuple(from(...IMAGES, ...STAGES), from(" AS ", " as ", " AS  ", " "), from(...STAGES, ""))
        .map((parts) => parts.join("")),
    ),
  },
  fc.tuple(from("CMD", "ENTRYPOINT"), started).map((parts) => parts.join(" ")),
  flagged(
    "HEALTHCHECK",
    fc.oneof(
      fc.constant("NONE"),
      started.map((start) => `CMD ${start}`),
      from("", "CMD", "x"),
    ),
  ),
  fc
    .tuple(from("ENV", "LABEL", "ARG"), fc.array(pair, { maxLength: 3 }))
    .map(([keyword, pairs]) => `${keyword} ${pairs.join(" ")}`),
  fc.tuple(from("ENV OLD ", "ARG A", "ARG A B=", "LABEL x "), value).map((parts) => parts.join("")),
  fc.tuple(from("WORKDIR ", "VOLUME ", "workdir "), path).map((parts) => parts.join("")),
  exec.map((paths) => `VOLUME ${paths}`),
  from(...USERS).map((user) => `USER ${user}`),
  from(
    "EXPOSE 80 443/tcp $A",
    "STOPSIGNAL SIGTERM",
    "MAINTAINER x",
    'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
    'SHELL ["powershell"]',
    "SHELL x",
    "RUM x",
    "&& x",
    "#x",
  ),
  fc
    .tuple(
      from("ONBUILD ", "ONBUILD ONBUILD "),
      from("RUN make", "COPY . /x", "FROM a", "CMD x", "", "ADD --chown=1 a b"),
    )
    .map((parts) => parts.join("")),
);

/** Breaks a line at some of its blanks, as authors do, with comments and blank lines inside. */
function broken(line: string, at: readonly number[], how: readonly string[]): string {
  const blanks = [...(line.split("\n", 1)[0] ?? "").matchAll(/ /g)].map(({ index }) => index);
  let text = line;
  const places = [
    ...new Set(at.flatMap((each) => (blanks.length > 0 ? (blanks[each % blanks.length] ?? []) : []))),
  ].sort((a, b) => b - a);
  places.forEach((place, each) => {
    text = text.slice(0, place) + (how[each % how.length] ?? " \\\n") + text.slice(place + 1);
  });
  return text;
}

const BREAKS = [
  " \\\n",
  " \\\n    ",
  " \\  \n",
  "\\\n",
  " \\\n# inside\n  ",
  " \\\n\n ",
  " `\n",
  " \\\n\t# a\n\n# b\n",
];
const line = fc.oneof(
  { weight: 6, arbitrary: instruction },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        instruction,
        fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
        fc.array(from(...BREAKS), { minLength: 1, maxLength: 3 }),
      )
      .map((parts) => broken(...parts)),
  },
  instruction.map((text) => text.toLowerCase()),
  instruction.map((text) => `  ${text}  `),
  from(
    "",
    "# a comment",
    "# ballast ignore=root-user because",
    "# hadolint ignore=DL3008",
    "\t",
    "# syntax=docker/dockerfile:1",
  ),
);
const HEADS = [
  "",
  "",
  "",
  "# syntax=docker/dockerfile:1\n",
  "# escape=`\n",
  "# escape=\\\n# check=skip=all\n",
  "#escape=x\n",
  "# a=b\n",
  "ARG A=1\nARG VERSION=1.26\n",
];

/** A whole file. */
export const dockerfile: fc.Arbitrary<string> = fc
  .record({
    head: from(...HEADS),
    base: from(...IMAGES.slice(0, 16)),
    lines: fc.array(line, { maxLength: 18 }),
    end: fc.oneof(
      fc.constant(""),
      exec.map((words) => `ENTRYPOINT ${words}`),
    ),
    eol: from("\n", "\n", "\n", "\r\n"),
    bom: fc.nat(9),
    newline: fc.boolean(),
  })
  .map(({ head, base, lines, end, eol, bom, newline }) => {
    const text = [`${head}FROM ${base}`, ...lines, end].join("\n").replaceAll("\n", eol);
    return (bom === 0 ? "\uFEFF" : "") + text + (newline ? eol : "");
  });
