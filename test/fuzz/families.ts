/**
 * Families of files that grow: each makes the file of a size. `bench -- linear` measures how the cost grows with it,
 * test/core/hostile.test.ts asks each at its largest. They are the shapes that made other tools hang, and one for each
 * thing of ours that nests, repeats or refers back.
 */
import type { Asked } from "./ask";

export interface Family {
  readonly name: string;
  /** The largest size: of about 1 MB, or what BuildKit itself takes on one line. */
  readonly most: number;
  /** A size at which more of it is looked into: a script of more than 64 KiB is not. */
  readonly within?: number;
  make(size: number): Asked;
}

const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `${line(at)}\n`).join("");
const BUILD =
  'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app a.go\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n';
const family = (name: string, most: number, text: (size: number) => string): Family => ({
  name,
  most,
  make: (size) => ({ text: text(size) }),
});
const inFolder = (name: string, most: number, files: (size: number) => Readonly<Record<string, string>>): Family => ({
  name,
  most,
  make: (size) => ({
    text: BUILD,
    files: { "go.mod": "module a\n\ngo 1.26\n", "a.go": "package main\n\nfunc main() {}\n", ...files(size) },
  }),
});
/** One script in a heredoc, which has no limit of a line's length; at a sixteenth it is short enough to be looked into. */
const heredoc = (name: string, most: number, script: (size: number) => string): Family => ({
  ...family(name, most, (size) => `FROM debian:trixie\nRUN <<EOF\n${script(size)}\nEOF\nCMD ["/a"]\n`),
  within: most >> 4,
});
const nested = (open: string, inner: string, close: string) => (size: number) =>
  open.repeat(size) + inner + close.repeat(size);

/** `sh -c` in `sh -c`: the quoting doubles with each, so that so many are one megabyte. */
function shellInShell(depth: number): string {
  let script = "make";
  for (let at = 0; at < depth; at++) script = `sh -c "${script.replace(/["\\$]/g, "\\$&")}"`;
  return script;
}

export const FAMILIES: readonly Family[] = [
  // Instructions.
  family("RUN lines", 40_000, (size) => `FROM debian:trixie\n${lines(size, (at) => `RUN echo ${at} > /a`)}`),
  family("comments", 250_000, (size) => `FROM a\n${lines(size, () => "# x")}`),
  family("blank lines", 500_000, (size) => `FROM a\n${"\n".repeat(size)}`),
  family("parser directives", 50_000, (size) => `${lines(size, () => "# check=skip=all")}FROM a\n`),
  family("pragmas", 30_000, (size) => `FROM a\n${lines(size, () => "# ballast ignore=root-user x")}`),
  family("unknown instructions", 50_000, (size) => `FROM a\n${lines(size, (at) => `RUM echo ${at}`)}`),
  family("ONBUILD of ONBUILD", 7_000, (size) => `FROM a\n${"ONBUILD ".repeat(size)}RUN a\n`),
  family("ONBUILD lines", 30_000, (size) => `FROM a\n${lines(size, (at) => `ONBUILD COPY a${at} /b/`)}`),
  family("CMD lines", 30_000, (size) => `FROM a\n${lines(size, (at) => `CMD ["/a${at}"]`)}`),
  family("HEALTHCHECK lines", 30_000, (size) => `FROM scratch\n${lines(size, (at) => `HEALTHCHECK CMD curl ${at}`)}`),
  family("SHELL lines", 25_000, (size) => `FROM a\n${lines(size, () => 'SHELL ["/bin/bash", "-c"]\nRUN a')}`),
  family("USER lines", 50_000, (size) => `FROM scratch\n${lines(size, (at) => `USER u${at}`)}`),
  family(
    "WORKDIR lines, relative",
    50_000,
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
    12_000,
    (size) =>
      `FROM a AS b\nFROM a\n${lines(size, (at) => `RUN --mount=type=bind,from=b,target=/m${at} --mount=type=cache,target=/c make`)}`,
  ),
  family("flags of a COPY", 6_000, (size) => `FROM a\nCOPY${" --exclude=a".repeat(size)} a b\n`),
  family("sources of a COPY", 12_000, (size) => `FROM a\nCOPY${" a.go".repeat(size)} /x/\n`),
  // Variables.
  family("ENV that replaces", 50_000, (size) => `FROM a\nENV A=xyx\n${lines(size, (at) => `ENV B${at}=\${A//x/y}`)}`),
  family(
    "ENV that refers to the last",
    40_000,
    (size) => `FROM a\nENV A0=a\n${lines(size, (at) => `ENV A${at + 1}=$A${at}`)}`,
  ),
  family("ENV that grows", 50_000, (size) => `FROM a\n${lines(size, () => "ENV A=$A:x")}`),
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
  family("global ARGs", 40_000, (size) => `${lines(size, (at) => `ARG A${at}=$A${at - 1}`)}FROM a:$A1\n`),
  // Stages.
  family("stages", 40_000, (size) => lines(size, (at) => `FROM a AS s${at}`)),
  family("chained stages", 40_000, (size) => `FROM a AS s0\n${lines(size, (at) => `FROM s${at} AS s${at + 1}`)}`),
  family(
    "chained stages with a start",
    20_000,
    (size) => `FROM scratch AS s0\n${lines(size, (at) => `FROM s${at} AS s${at + 1}\nCMD ["/a"]\nENV A=b`)}`,
  ),
  family(
    "stages that copy from the last",
    10_000,
    (size) =>
      `FROM scratch AS s0\nCOPY a /a\n${lines(size, (at) => `FROM scratch AS s${at + 1}\nCOPY --from=s${at} /a /a`)}CMD ["/a"]\n`,
  ),
  family(
    "stages that copy two paths",
    7_000,
    (size) =>
      `FROM scratch AS s0\nCOPY a /a\n${lines(size, (at) => `FROM scratch AS s${at + 1}\nCOPY --from=s${at} /a /b\nCOPY --from=s${at} /b /a`)}CMD ["/a"]\n`,
  ),
  family(
    "copies from one stage",
    10_000,
    (size) =>
      `FROM debian:trixie AS b\n${lines(size, (at) => `RUN touch /a${at}`)}FROM scratch\n${lines(size, (at) => `COPY --from=b /a${at} /b${at}`)}CMD ["/b1"]\n`,
  ),
  family("stages that build", 8_000, (size) => lines(size, () => BUILD.trimEnd())),
  family("builds of one stage", 20_000, (size) =>
    BUILD.replace("FROM scratch", `${lines(size, (at) => `RUN go build -o /b${at} b.go`)}FROM scratch`),
  ),
  family("COPY before a build", 20_000, (size) => BUILD.replace("RUN", `${lines(size, (at) => `COPY x${at} /y/`)}RUN`)),
  family("moves of the program", 5_000, (size) =>
    BUILD.replace(
      "FROM scratch",
      `${lines(size, (at) => `RUN mv ${at === 0 ? "/app" : `/p${at - 1}`} /p${at}`)}FROM scratch`,
    ),
  ),
  family("copies of the program", 5_000, (size) =>
    BUILD.replace("FROM scratch", `${lines(size, (at) => `RUN cp /app /p${at}`)}FROM scratch`),
  ),
  family(
    "deletions in later layers",
    15_000,
    (size) =>
      `FROM debian:trixie\n${lines(size, (at) => `RUN touch /a${at}`)}${lines(size, (at) => `RUN rm -rf /a${at}`)}`,
  ),
  family(
    "chown in layers",
    15_000,
    (size) => `FROM debian:trixie\n${lines(size, (at) => `COPY a${at} /srv/a${at}\nRUN chown -R app /srv/a${at}`)}`,
  ),
  family("the same COPY again", 20_000, (size) => `FROM debian:trixie\n${lines(size, (at) => `COPY . /srv/a${at}`)}`),
  family(
    "apt-get lines",
    20_000,
    (size) => `FROM debian:trixie\n${lines(size, (at) => `RUN apt-get update && apt-get install -y p${at}`)}`,
  ),
  family(
    "packages of an install",
    12_000,
    (size) => `FROM debian:trixie\nRUN apt-get install -y${" gcc".repeat(size)}\n`,
  ),
  // Shell.
  heredoc("lines of a heredoc", 150_000, (size) => lines(size, () => "echo x")),
  heredoc("$( ) in lines of a heredoc", 60_000, (size) => lines(size, () => "echo $(a $(b))")),
  heredoc("assignments of a heredoc", 40_000, (size) => lines(size, (at) => `A${at}=$A${at - 1}`)),
  heredoc("cd in a heredoc", 60_000, (size) => lines(size, (at) => `cd a${at % 7}; touch b`)),
  heredoc("if in a heredoc", 25_000, (size) => lines(size, () => "if a; then cd b; else c; fi")),
  heredoc("elif in a heredoc", 15_000, (size) => `if a; then b\n${lines(size, () => "elif a; then b")}fi`),
  heredoc("case items", 30_000, (size) => `case $A in\n${lines(size, (at) => `a${at}) cd b;;`)}esac`),
  heredoc("functions", 30_000, (size) => lines(size, (at) => `f${at}() { f${at - 1}; }`)),
  heredoc("heredocs of the shell", 30_000, (size) => lines(size, () => "cat <<X > /a\nb\nX")),
  heredoc("pipes", 9_000, (size) => `${"a | ".repeat(size)}b`),
  heredoc("subshells that nest", 30_000, nested("(", "a", ")")),
  heredoc("groups that nest", 30_000, nested("{ ", "a; ", "}; ")),
  heredoc("$( that nests", 30_000, nested("$(", "a", ")")),
  heredoc('"$( that nests', 20_000, nested('"$(', "a", ')"')),
  heredoc("if that nests", 4_000, nested("if a; then ", "b; ", "fi; ")),
  heredoc("for that nests", 4_000, nested("for a in b; do ", "c; ", "done; ")),
  heredoc("braces that nest", 30_000, nested("{a,", "b", "}")),
  heredoc("arithmetic that nests", 20_000, (size) => `echo $((${nested("(", "1", ")")(size)}))`),
  heredoc("arithmetic that never closes", 20_000, (size) => "$((".repeat(size)),
  heredoc("[[ that nests", 20_000, (size) => `[[ ${nested("(", "a", ")")(size)} ]]`),
  heredoc("backticks", 20_000, (size) => "`".repeat(size)),
  heredoc("words with every quote", 30_000, (size) => `echo ${`'a'"b"\\c`.repeat(size)}`),
  family("sh -c in sh -c", 15, (size) => `FROM a\nRUN ${shellInShell(size)}\n`),
  family("$( on a line", 20_000, (size) => `FROM a\nRUN ${"$(".repeat(size)}\n`),
  family("one RUN on a line", 100_000, (size) => `FROM a\nRUN ${"echo x && ".repeat(size)}true\n`),
  family("heredocs of one RUN", 8_000, (size) => `FROM a\nRUN${" <<E".repeat(size)}\n${"E\n".repeat(size)}`),
  family("heredocs that never end", 8_000, (size) => `FROM a\nRUN${" <<E".repeat(size)}\n${"a\n".repeat(size)}`),
  family("RUN lines with heredocs", 30_000, (size) => `FROM a\n${lines(size, () => "RUN <<E\nmake\nE")}`),
  family("COPY lines with heredocs", 30_000, (size) => `FROM a\n${lines(size, (at) => `COPY <<E /a${at}\nmake\nE`)}`),
  // The folder.
  inFolder("services of a compose file", 4_000, (size) => ({
    "compose.yaml": `services:\n${lines(size, (at) => `  s${at}:\n    build: { context: ., target: build }\n    ports: ["80${at}:80"]`)}`,
  })),
  inFolder("a compose file that nests", 10_000, (size) => ({
    "compose.yaml": `services: ${nested("{a: ", "b", "}")(size)}`,
  })),
  inFolder("targets of a bake file", 25_000, (size) => ({
    "docker-bake.hcl": lines(size, (at) => `target "t${at}" {\n  target = "build"\n}`),
  })),
  inFolder("targets of a JSON bake file", 25_000, (size) => ({
    "docker-bake.json": JSON.stringify({
      target: Object.fromEntries(Array.from({ length: size }, (_, at) => [`t${at}`, { target: "build" }])),
    }),
  })),
  inFolder("a JSON bake file that nests", 100_000, (size) => ({
    "docker-bake.json": nested('{"target":', "1", "}")(size),
  })),
  inFolder("lines of a Makefile", 60_000, (size) => ({ Makefile: `build:\n${lines(size, (at) => `\techo ${at}`)}` })),
  inFolder("targets of a Makefile", 40_000, (size) => ({
    Makefile: lines(size, (at) => `t${at}: t${at + 1}\n\techo $(A${at})`),
  })),
  inFolder("variables of a Makefile", 40_000, (size) => ({
    Makefile: lines(size, (at) => `A${at} := $(A${at - 1}) x`),
  })),
  inFolder("build commands of a script", 25_000, (size) => ({
    "ci.sh": lines(size, () => "docker build --target build ."),
  })),
  inFolder("lines of go.mod", 20_000, (size) => ({
    "go.mod": `module a\n\ngo 1.26\n\nrequire (\n${lines(size, (at) => `\texample.com/m${at} v1.0.${at}`)})\n`,
  })),
  inFolder("calls of a Go file", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() {\n${lines(size, (at) => `\tos.Open("a${at}")`)}}\n`,
  })),
  inFolder("Go variables that refer to the last", 25_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() {\n\ta0 := "x"\n${lines(size, (at) => `\ta${at + 1} := a${at} + "y"`)}\tos.Open(a${size})\n}\n`,
  })),
  inFolder("a Go expression that nests", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() { os.Open(${nested("(", '"x"', ")")(size)}) }\n`,
  })),
  inFolder("a Go sum", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() { os.Open("x"${' + "y"'.repeat(size)}) }\n`,
  })),
  inFolder("Go functions that call the next", 20_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc main() { f0("x") }\n${lines(size, (at) => `func f${at}(p string) { f${at + 1}(p + "y") }`)}func f${size}(p string) { os.Open(p) }\n`,
  })),
  inFolder("a Go call that nests", 30_000, (size) => ({
    "a.go": `package main\n\nimport "os"\n\nfunc f(p string) string { return p }\n\nfunc main() { os.Open(${nested("f(", '"x"', ")")(size)}) }\n`,
  })),
  inFolder("Go files", 2_000, (size) =>
    Object.fromEntries(
      Array.from({ length: size }, (_, at) => [
        `p${at}/a.go`,
        `package p${at}\n\nimport "os"\n\nfunc F() { os.Open("x") }\n`,
      ]),
    ),
  ),
];
