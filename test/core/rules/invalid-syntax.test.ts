import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("invalid-syntax");

finds(
  "what BuildKit rejects, each with its reason",
  `
  RUN true
# ^^^^^^^^ no build stage in current context
  FROM alpine AS
# ^^^^^^^^^^^^^^ FROM requires either one or three arguments
  FROM alpine AS 1st
# ^^^^^^^^^^^^^^^^^^ invalid name for build stage: "1st", name can't start with a number or contain symbols
  RUM echo
# ^^^ unknown instruction: RUM (did you mean RUN?)
  FROBNICATE
# ^^^^^^^^^^ unknown instruction: FROBNICATE
  COPY --form=x a b
#      ^^^^^^^^ unknown flag: --form (did you mean from?)
  COPY --from=x --from=y a b
#               ^^^^^^^^ duplicate flag specified: --from
  COPY --from a b
#      ^^^^^^ missing a value on flag: --from
  COPY a
# ^^^^^^ COPY requires at least two arguments, but only one was provided. Destination could not be determined
  ENV KEY
# ^^^^^^^ ENV must have two arguments
  ENV A=b c
# ^^^^^^^^^ Syntax error - can't find = in "c". Must be of the form: name=value
  ENV =b
# ^^^^^^ ENV names can not be blank
  SHELL /bin/sh
# ^^^^^^^^^^^^^ SHELL requires the arguments to be in JSON form
  ONBUILD ONBUILD RUN x
# ^^^^^^^^^^^^^^^^^^^^^ Chaining ONBUILD via \`ONBUILD ONBUILD\` isn't allowed
  ONBUILD FROM x
# ^^^^^^^^^^^^^^ FROM isn't allowed as an ONBUILD trigger
  HEALTHCHECK CURL x
# ^^^^^^^^^^^^^^^^^^ Unknown type "CURL" in HEALTHCHECK (try CMD)
  STOPSIGNAL
# ^^^^^^^^^^ STOPSIGNAL requires exactly one argument
  EXPOSE
# ^^^^^^ EXPOSE requires at least one argument
  CMD ["a", 1]
#     ^^^^^^^^ when using JSON array syntax, arrays must be comprised of strings only
`,
);

finds(
  "a file without a stage",
  `
  ARG A=b
# ^^^^^^^ dockerfile contains no stages to build
`,
);

ignores(
  "what BuildKit accepts",
  `# syntax=docker/dockerfile:1
FROM --platform=linux/amd64 alpine AS Base
RUN --mount=type=cache,target=/x --mount=type=tmpfs,target=/y true
RUN
FROM alpine
COPY --link --from=base --chown=1:1 a b c/
ENV OLD some words
ENV A= B="c d" C=$A
HEALTHCHECK --interval=1s CMD true
HEALTHCHECK NONE
ONBUILD RUN true
CMD [ -f x ]
`,
);

finds(
  "what does not become a build step",
  `
  FROM alpine:$VERSION AS build
#      ^^^^^^^^^^^^^^^ failed to parse stage name "alpine:": invalid reference format
  ENV GREETING="it's" BROKEN=it's
#                            ^^^^ failed to process "it's": unexpected end of statement while looking for matching single-quote
  FROM Build
#      ^^^^^ failed to parse stage name "Build": invalid reference format: repository name (library/Build) must be lowercase
  COPY --from=build --chmod=888 /a /b
#                   ^^^^^^^^^^^ invalid chmod parameter: '888'. it should be octal string and between 0 and 07777
  FROM scratch
  COPY --from=0 /a /b
  RUN --mount=type=cahce,target=/x true
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported mount type "cahce" (did you mean cache?)
`,
);

finds(
  "a stage that copies from itself",
  `
  FROM alpine AS a
  COPY --from=b /x /y
  FROM alpine AS b
  COPY --from=a /x /y
#      ^^^^^^^^ circular dependency detected on stage: a
`,
);

finds(
  "a stage that copies from a later one",
  `
  FROM alpine AS a
  COPY --from=b /x /y
#      ^^^^^^^^ cannot copy from stage "b", it needs to be defined before current stage "a"
  FROM alpine AS b
  FROM a
`,
);

finds(
  "a stage that is not there",
  `
  FROM alpine
  COPY --from=2 /x /y
#      ^^^^^^^^ invalid stage index 2
`,
);

finds(
  "an ONBUILD that fails where it fires",
  `
  FROM alpine AS base
  ONBUILD COPY --form=x a b
#              ^^^^^^^^ unknown flag: --form (did you mean from?)
  FROM base
`,
);

ignores(
  "what a build argument or the base image decides",
  `ARG BASE TAG=:broken: OWNER
FROM $BASE AS base
FROM alpine:$TAG AS tagged
FROM \${UNSET:-alpine}
ARG OWNER
COPY --chmod=\${MODE} --chown=\${OWNER:?who} a b
RUN --mount=type=\${KIND},target=\${TARGET} true
STOPSIGNAL $SIGNAL
EXPOSE $PORT 8080:80
VOLUME $FOLDER
ONBUILD NONSENSE
`,
);

test("only a build of another stage meets it, or another frontend reads it: likely", () => {
  const confidence = (text: string) =>
    new Analysis(text).findings.filter(({ rule }) => rule.id === "invalid-syntax").map((each) => each.confidence);
  expect(confidence("FROM a AS b\nSTOPSIGNAL x y\nFROM c\n")).toEqual(["likely"]);
  expect(confidence("FROM a AS b\nSTOPSIGNAL x y\nFROM b\n")).toEqual(["certain"]);
  expect(confidence("# syntax=docker/dockerfile:1.7-labs\nFROM a\nCOPY --new a b\n")).toEqual(["likely"]);
  expect(confidence("# syntax=docker/dockerfile:1.7\nFROM a\nCOPY --new a b\n")).toEqual(["certain"]);
});

test("a file of more than 20,000 instructions is not read, and that is no clean file", () => {
  const analysis = new Analysis(`FROM ubuntu\n${"RUN true\n".repeat(20_000)}`);
  expect(analysis.findings.map(({ rule, severity, message }) => [rule.id, severity, message])).toEqual([
    [
      "invalid-syntax",
      "warning",
      "Ballast reads no file with more than 20,000 instructions, and says nothing else about this one.",
    ],
  ]);
  expect(analysis.findings.flatMap((finding) => analysis.answers(finding))).toEqual([]);
  expect(new Analysis(`FROM ubuntu\n${"RUN true\n".repeat(19_999)}`).context.syntax.isRead).toBe(true);
  const shorter = new Analysis("FROM ubuntu\nRUN true\n", undefined, analysis);
  expect(shorter.context.syntax.instructions).toHaveLength(2);
});

test("of very many mistakes the first thousand are told", () => {
  expect(new Analysis(`FROM a\n${"a\n".repeat(5_000)}`).findings.length).toBeLessThan(1_100);
});
