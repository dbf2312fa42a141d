import { type Family, family, LINES, lines, nested, RUNS } from "./family";

/** Instructions, one by one and many of them; their continuations, flags, mounts and variables. */
export const INSTRUCTIONS: readonly Family[] = [
  family("RUN lines", RUNS, (size) => `FROM debian:trixie\n${lines(size, (at) => `RUN echo ${at} > /a`)}`),
  family("comments", 250_000, (size) => `FROM a\n${lines(size, () => "# x")}`),
  family("blank lines", 500_000, (size) => `FROM a\n${"\n".repeat(size)}`),
  family("parser directives", 50_000, (size) => `${lines(size, () => "# check=skip=all")}FROM a\n`),
  family("pragmas", 30_000, (size) => `FROM a\n${lines(size, () => "# ballast ignore=root-user x")}`),
  family("unknown instructions", LINES, (size) => `FROM a\n${lines(size, (at) => `RUM echo ${at}`)}`),
  family("ONBUILD of ONBUILD", 7_000, (size) => `FROM a\n${"ONBUILD ".repeat(size)}RUN a\n`),
  family("ONBUILD lines", LINES, (size) => `FROM a\n${lines(size, (at) => `ONBUILD COPY a${at} /b/`)}`),
  family("CMD lines", LINES, (size) => `FROM a\n${lines(size, (at) => `CMD ["/a${at}"]`)}`),
  family("HEALTHCHECK lines", LINES, (size) => `FROM scratch\n${lines(size, (at) => `HEALTHCHECK CMD curl ${at}`)}`),
  family("SHELL lines", RUNS, (size) => `FROM a\n${lines(size, () => 'SHELL ["/bin/bash", "-c"]\nRUN a')}`),
  family("USER lines", LINES, (size) => `FROM scratch\n${lines(size, (at) => `USER u${at}`)}`),
  family(
    "WORKDIR lines, relative",
    LINES,
    (size) => `FROM debian:trixie\n${lines(size, () => "WORKDIR a/..")}CMD ["./x"]\n`,
  ),
  family("words of a JSON form", 10_000, (size) => `FROM scratch\nCMD [${'"aaa",'.repeat(size - 1)}"a"]\n`),
  family("JSON form over lines", 100_000, (size) => `FROM scratch\nCMD [ \\\n${'"aaa", \\\n'.repeat(size)}"a"]\n`),
  family("JSON that nests", 60_000, (size) => `FROM a\nCMD ${"[".repeat(size)}\n`),
  family("EXPOSE ports", 10_000, (size) => `FROM a\nEXPOSE${" 80/tcp".repeat(size)}\n`),
  family("LABEL pairs", 9_000, (size) => `FROM a\nLABEL${" a=b\\ c".repeat(size)}\n`),
  family("LABEL pairs over lines", 80_000, (size) => `FROM a\nLABEL a=b${" \\\n  a=b".repeat(size)}\n`),
  family(
    "quotes that never close",
    20_000,
    (size) => `FROM a\nENV a="${"x ".repeat(size)}\nLABEL '${"y=".repeat(size)}\n`,
  ),
  family(
    "spaces in a line",
    60_000,
    (size) => `FROM a${" ".repeat(size)}b\nRUN${"\t".repeat(size)}x\nENV a=b${" ".repeat(size)}c\n`,
  ),
  // Continuations.
  family("continuation lines", 60_000, (size) => `FROM a\nRUN true${" \\\n && true".repeat(size)}\n`),
  family("continuations with comments", 60_000, (size) => `FROM a\nRUN true${" \\\n# why\n && true".repeat(size)}\n`),
  family("continuations of nothing", 150_000, (size) => `FROM a\nRUN true${" \\\n\n".repeat(size)}\n`),
  family("backticks at line ends", 60_000, (size) => `# escape=\`\nFROM a\nRUN true${" `\n && true".repeat(size)}\n`),
  // Flags and mounts.
  family("options of a mount", 10_000, (size) => `FROM a\nRUN --mount=type=cache${",id=a".repeat(size)} make\n`),
  family("mounts of a RUN", 3_500, (size) => `FROM a\nRUN${" --mount=type=tmpfs".repeat(size)} make\n`),
  family(
    "RUN lines with mounts",
    RUNS,
    (size) =>
      `FROM a AS b\nFROM a\n${lines(size, (at) => `RUN --mount=type=bind,from=b,target=/m${at} --mount=type=cache,target=/c make`)}`,
  ),
  family("flags of a COPY", 6_000, (size) => `FROM a\nCOPY${" --exclude=a".repeat(size)} a b\n`),
  family("sources of a COPY", 12_000, (size) => `FROM a\nCOPY${" a.go".repeat(size)} /x/\n`),
  // Variables.
  family("ENV that replaces", LINES, (size) => `FROM a\nENV A=xyx\n${lines(size, (at) => `ENV B${at}=\${A//x/y}`)}`),
  family(
    "ENV that refers to the last",
    LINES,
    (size) => `FROM a\nENV A0=a\n${lines(size, (at) => `ENV A${at + 1}=$A${at}`)}`,
  ),
  family("ENV that grows", LINES, (size) => `FROM a\n${lines(size, () => "ENV A=$A:x")}`),
  family("ENV of one line", 8_000, (size) => `FROM a\nENV${" A=$A".repeat(size)}\n`),
  family(
    "patterns of stars",
    20_000,
    (size) =>
      `FROM a\nENV A=${"a".repeat(size)}\nENV B=\${A#${"*a".repeat(size)}b} C=\${A//${"*a".repeat(size)}b/x}\nRUN echo $B $C\n`,
  ),
  family("${A:- that nests", 12_000, (size) => `FROM a\nENV x=${nested("${A:-", "", "}")(size)}\n`),
  family(
    "${ that never closes",
    30_000,
    (size) => `FROM a\nENV x=${"${".repeat(size)}\nFROM $${"{A:-".repeat(size >> 2)}\n`,
  ),
  family("global ARGs", LINES, (size) => `${lines(size, (at) => `ARG A${at}=$A${at - 1}`)}FROM a:$A1\n`),
  // More than is read.
  family("unknown words, one a line", 500_000, (size) => `FROM a\n${"a\n".repeat(size)}`),
  family("the shortest RUN lines", 160_000, (size) => `FROM a\n${"RUN a\n".repeat(size)}`),
  family("the shortest ENV lines", 120_000, (size) => `FROM a\n${"ENV a=b\n".repeat(size)}`),
  family("the shortest stages", 140_000, (size) => "FROM a\n".repeat(size)),
  // Users.
  family(
    "COPY --chown of users",
    LINES,
    (size) => `FROM debian:trixie\n${lines(size, (at) => `COPY --chown=u${at} a /b${at}`)}`,
  ),
  family(
    "useradd lines",
    RUNS,
    (size) => `FROM debian:trixie\n${lines(size, (at) => `RUN useradd u${at}\nCOPY --chown=u${at} a /b\nUSER u${at}`)}`,
  ),
];
