import { describe, expect, test } from "vitest";
import { Variables, wordValue } from "../../../server/src/core/shell/expand";
import { readScript, type ShellCommand } from "../../../server/src/core/shell/script";
import { type ShellMode, shellMode } from "../../../server/src/core/shell/shell-words";

const commandsOf = (source: string) => readScript(source, (start, end) => ({ start, end })).commands;
const nothing = () => undefined;

/** `name arg arg`, with `!` in front where it has surely succeeded, and `?` where it may not have run. */
function outline(source: string, mode?: ShellMode): readonly string[] {
  return readScript(source, (start, end) => ({ start, end }), mode).commands.map(
    (command) =>
      (command.succeeded ? "!" : command.always ? "" : "?") +
      [command.name, ...command.args].map(({ text }) => text).join(" "),
  );
}

describe("what has run, and what has succeeded, when the script has", () => {
  test.each([
    ["a && b && c", ["!a", "!b", "!c"]],
    ["a; b", ["a", "!b"]],
    ["a && b; c", ["a", "?b", "!c"]],
    ["a || b", ["a", "?b"]],
    ["a || b && c", ["a", "?b", "!c"]],
    ["a && b || true", ["a", "?b", "?true"]],
    ["a || exit 1; b", ["!a", "?exit 1", "!b"]],
    ["a || exit; b", ["!a", "?exit", "!b"]],
    ["a || { echo no >&2; exit 1; }; b", ["!a", "?echo no", "?exit 1", "!b"]],
    ["a || (exit 1); b", ["a", "?exit 1", "!b"]],
    ["a && exit 0; b", ["a", "?exit 0", "?b"]],
    ["exit 0; b", ["exit 0", "?b"]],
    ["! a", ["a"]],
    ["! a || b", ["a", "?b"]],
    ["a | b", ["a", "!b"]],
    ["set -o pipefail; a | b", ["set -o pipefail", "!a", "!b"]],
    ["a & b", ["?a", "!b"]],
    ["(a && b) && c", ["!a", "!b", "!c"]],
    ["(a; exit 0; b); c", ["a", "exit 0", "?b", "!c"]],
    ["{ a; b; } > x", ["a", "!b"]],
    ["time a", ["!a"]],
    ["exec a; b", ["exec a", "?b"]],
  ])("%s", (source, expected) => {
    expect(outline(source)).toEqual(expected);
  });

  test.each([
    ["if a; then b; else c; fi; d", ["a", "?b", "?c", "!d"]],
    ["if a; then exit 1; fi; b", ["a", "?exit 1", "!b"]],
    ["if a; then exit 0; fi; b", ["a", "?exit 0", "?b"]],
    ["if a; then b; elif c; then d; fi", ["a", "?b", "?c", "?d"]],
    ["for i in 1 2; do a; done; b", ["?a", "!b"]],
    ["while a; do b; done", ["a", "?b"]],
    ["case x in y) a;; esac; b", ["?a", "!b"]],
    ["f() { a; b; }; c && f", ["!c", "a", "!b"]],
    ["f() { test x && return 0; a; }; f; b", ["test x", "?return 0", "?a", "!b"]],
    ["f() { exit 0; }; f; b", ["exit 0", "?b"]],
    ["f() { f; }; f", []],
    ["f() { a; }; trap f EXIT; b", ["trap f EXIT", "!b", "?a"]],
    ["a $(b) `c`", ["b", "c", "!a $(b) `c`"]],
    ["A=$(b; c) && d", ["b", "!c", "!d"]],
    ['a "x$(b "$(c)")"', ["c", 'b "$(c)"', '!a "x$(b "$(c)")"']],
    ["[[ $(a) = b ]] && c", ["a", "!c"]],
    ["> x", ["!:"]],
  ])("%s", (source, expected) => {
    expect(outline(source)).toEqual(expected);
  });

  test.each([
    ["set -eux; a; b", ["set -eux", "!a", "!b"]],
    ["set -e; a && b; c", ["set -e", "a", "?b", "!c"]],
    ["set -e; a || b; c", ["set -e", "a", "?b", "!c"]],
    ["set -e; (a; b); c", ["set -e", "!a", "!b", "!c"]],
    ["set -e; { a; b; } || c", ["set -e", "a", "b", "?c"]],
    ["set -e; (a; b) | c", ["set -e", "a", "?b", "!c"]],
    ["set -e; set +e; a; b", ["set -e", "!set +e", "a", "!b"]],
    ["set -e; if a; then b; fi; c", ["set -e", "a", "?b", "!c"]],
    ["test x && set -e; a; b", ["test x", "?set -e", "a", "!b"]],
  ])("%s", (source, expected) => {
    expect(outline(source)).toEqual(expected);
  });

  test("SHELL has set -e and pipefail", () => {
    const mode = shellMode(["/bin/bash", "-eo", "pipefail", "-c"]);
    expect(outline("a | b; c", mode)).toEqual(["!a", "!b", "!c"]);
  });
});

test.each([
  [["/bin/sh", "-c"], { errexit: false, pipefail: false, login: false }],
  [["bash", "-exuo", "pipefail", "-c"], { errexit: true, pipefail: true, login: false }],
  [["/bin/bash", "--login", "-c"], { errexit: false, pipefail: false, login: true }],
  [["/usr/bin/env", "bash", "-ec"], { errexit: true, pipefail: false, login: false }],
  [["/bin/sh"], undefined],
  [["pwsh", "-Command"], undefined],
  [["cmd", "/S", "/C"], undefined],
  [["conda", "run", "-n", "x", "/bin/bash", "-c"], undefined],
])("the shell %j", (words, expected) => {
  expect(shellMode(words)).toEqual(expected);
});

test.each([
  ["a > x 2> y >> z", ["x", "y", "+z"]],
  ["a &> x", ["x"]],
  ["a > /dev/null 2>&1", []],
  ["a 2>&1 | tee x", []],
  ["{ a > x; } >> y", ["x", "+y"]],
])("files that are written: %s", (source, expected) => {
  const [command] = commandsOf(source);
  expect(command?.outputs.map(({ file, appends }) => (appends ? "+" : "") + file.text)).toEqual(expected);
});

test("the text that a command is given", () => {
  const source = "cat <<EOF > x\na $b\nEOF\ncat <<'E' | c\nd\nE\ncat <<< e";
  expect(commandsOf(source).flatMap(({ input }) => (input ? [[input.text, input.expands]] : []))).toEqual([
    ["a $b\n", true],
    ["d\n", false],
    ["e", true],
  ]);
});

function folders(command: ShellCommand): readonly string[] | undefined {
  if (command.folders === undefined) return undefined;
  const moves: string[] = [];
  for (let chain = command.folders === "none" ? undefined : command.folders; chain; chain = chain.before)
    moves.unshift(chain.last.to.text);
  return moves;
}

test.each([
  ["cd a && cd b && x", ["a", "b"]],
  ["(cd a); x", []],
  ["if y; then cd a; fi; x", undefined],
  ["y || cd a; x", undefined],
  ["cd -; x", undefined],
  ["cd a || exit 1; x", ["a"]],
  ["cd a || true; x", undefined],
  ["pushd a; y; popd; x", []],
  ["f() { cd a; }; f; x", ["a"]],
  ["for i in 1 2; do cd a; done; x", undefined],
  ["cd a; if y; then z; fi; x", ["a"]],
  ["cd a; if y; then cd b; else exit 1; fi; x", ["a", "b"]],
  ["cd a | true; x", []],
])("the folder of the last command of %s", (source, expected) => {
  expect(folders(commandsOf(source).at(-1) as ShellCommand)).toEqual(expected);
});

test.each([
  ["A=1; x $A", "1"],
  ["export A=1 && x ${A}", "1"],
  ['A=1; A=2; x "$A/b"', "2/b"],
  ["x '$A'", "$A"],
  ["x ${B:-c}", undefined],
  ["x $(y)", undefined],
  ["B=; x ${B:-c}", "c"],
  ["A=1; B=$A; A=2; x $B", "1"],
  ["A=1; if y; then A=2; fi; x $A", undefined],
  ["A=1; y && A=2; x $A", undefined],
  ["A=1 && x $A", "1"],
  ["A=1; for A in 2 3; do x $A; done", undefined],
  ["A=1; while y $A; do A=2; x $A; done", "2"],
  ["A=1; for i in 1 2; do x $A; A=2; done", undefined],
  ["A=1; read A; x $A", undefined],
  ["A=1; . ./other; x $A", undefined],
  ["A=1; A+=2; x $A", undefined],
  ["A=1; f() { A=2; }; f; x $A", undefined],
  ["export A=1; export A; x $A", "1"],
  ["x ~/a", undefined],
  ["x $1", undefined],
])("the value of the last word of %s", (source, expected) => {
  const command = commandsOf(source).at(-1) as ShellCommand;
  const word = command.args.at(-1);
  expect(word && wordValue(word, new Variables(nothing).inWords(command.variables))).toBe(expected);
});

test("hostile nesting is left out, quickly", () => {
  const began = Date.now();
  for (const source of [
    "$(".repeat(20_000),
    '"$('.repeat(500),
    "(".repeat(3000),
    "${".repeat(20_000),
    "a;".repeat(30_000),
    "A=b;".repeat(16_000),
    "a && ".repeat(10_000),
    "A=1 || ".repeat(8_000),
    Array.from({ length: 5_000 }, (_, at) => `A${at}=1`).join("||"),
    Array.from({ length: 5_000 }, (_, at) => `A${at}=1`).join("&&"),
    `${"for i in 1; do ".repeat(60)}a${"; done".repeat(60)}`,
    `${Array.from({ length: 60 }, (_, at) => `f${at}() { f${at + 1}; f${at + 1}; };`).join("")}f60() { a; }; f0`,
    `${"A=$A$A;".repeat(9_000)}a $A`,
    "cd a;".repeat(13_000),
  ]) {
    commandsOf(source);
  }
  expect(Date.now() - began).toBeLessThan(10_000);
});
