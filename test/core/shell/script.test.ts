import { expect, test } from "vitest";
import { withScript, wordValue } from "../../../server/src/core/shell/expand";
import { readScript, type ShellCommand } from "../../../server/src/core/shell/script";

const commandsOf = (source: string) => readScript(source, (start, end) => ({ start, end })).commands;
const nothing = () => undefined;

/** `name arg arg`, with `?` in front where the command may not run. */
function outline(source: string): readonly string[] {
  return commandsOf(source).map(
    (command) => (command.always ? "" : "?") + [command.name, ...command.args].map(({ text }) => text).join(" "),
  );
}

test.each([
  ["a && b; c", ["a", "b", "c"]],
  ["a || b && c", ["a", "?b", "?c"]],
  ["a | b", ["a", "b"]],
  ["set -eux; a", ["set -eux", "a"]],
  ["(cd x && a); b", ["cd x", "a", "b"]],
  ["if a; then b; else c; fi; d", ["a", "?b", "?c", "d"]],
  ["for i in 1 2; do a; done", ["?a"]],
  ["case x in y) a;; esac", ["?a"]],
  ["f() { a; }; f", ["?a", "f"]],
  ["a & b", ["?a", "b"]],
  ["{ a; b; } > x", ["a", "b"]],
  ['A=1 b -o "c d" e', ['b -o "c d" e']],
])("%s", (source, expected) => {
  expect(outline(source)).toEqual(expected);
});

function folders(command: ShellCommand): readonly string[] | undefined {
  if (command.folders === undefined) return undefined;
  const moves: string[] = [];
  for (let chain = command.folders === "none" ? undefined : command.folders; chain; chain = chain.before)
    moves.unshift(chain.last.text);
  return moves;
}

test.each([
  ["cd a && cd b && x", ["a", "b"]],
  ["(cd a); x", []],
  ["if y; then cd a; fi; x", undefined],
  ["y || cd a; x", undefined],
  ["cd -; x", undefined],
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
])("the value of the last word of %s", (source, expected) => {
  const command = commandsOf(source).at(-1) as ShellCommand;
  const word = command.args.at(-1);
  expect(word && wordValue(word, withScript(command, nothing))).toBe(expected);
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
  ]) {
    commandsOf(source);
  }
  expect(Date.now() - began).toBeLessThan(10_000);
});
