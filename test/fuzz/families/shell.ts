import { type Family, family, LINES, lines, nested, RUNS } from "./family";

/** One script in a heredoc, which has no limit of a line's length; at a sixteenth it is short enough to be looked into. */
const heredoc = (name: string, most: number, script: (size: number) => string): Family => ({
  ...family(name, most, (size) => `FROM debian:trixie\nRUN <<EOF\n${script(size)}\nEOF\nCMD ["/a"]\n`),
  within: most >> 4,
});

/** `sh -c` in `sh -c`: the quoting doubles with each, so that so many are one megabyte. */
function shellInShell(depth: number): string {
  let script = "make";
  for (let at = 0; at < depth; at++) script = `sh -c "${script.replace(/["\\$]/g, "\\$&")}"`;
  return script;
}

/** Scripts, and heredocs of the file. */
export const SHELL: readonly Family[] = [
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
  family("RUN lines with heredocs", RUNS, (size) => `FROM a\n${lines(size, () => "RUN <<E\nmake\nE")}`),
  family("COPY lines with heredocs", LINES, (size) => `FROM a\n${lines(size, (at) => `COPY <<E /a${at}\nmake\nE`)}`),
  heredoc("copies in a heredoc", 40_000, (size) => lines(size, (at) => `cp /a${at} /a${at + 1}`)),
  heredoc("links in a heredoc", 40_000, (size) => lines(size, (at) => `ln -s /a${at} /a${at + 1}`)),
  heredoc("cd ever deeper", 60_000, (size) => lines(size, () => "cd aaaaaaaa")),
  heredoc("a variable that doubles", 60_000, (size) => `A=aa\n${lines(size, () => "A=$A$A")}`),
  heredoc("words of a loop", 60_000, (size) => `for a in${" b".repeat(size)}; do cp $a /c; rm $a; done`),
  heredoc("words of a rm", 60_000, (size) => `rm -rf${" /a*b*c".repeat(size)}`),
  heredoc("words of a cp", 60_000, (size) => `cp${" [a".repeat(size)} /b/`),
  heredoc("installs in a heredoc", 30_000, (size) => lines(size, (at) => `apt-get install -y gcc p${at}`)),
  heredoc("builds in a heredoc", 30_000, (size) => lines(size, (at) => `go build -o /a${at} b.go`)),
  heredoc("downloads in a heredoc", 30_000, (size) => lines(size, (at) => `curl -o /a${at} https://a/b${at}`)),
];
