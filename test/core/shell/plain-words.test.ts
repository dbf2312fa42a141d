import { expect, test } from "vitest";
import { plainWords } from "../../../server/src/core/shell/plain-words";

const read = (source: string) => {
  const result = plainWords(source, () => undefined);
  return "words" in result ? result.words : result.needs;
};

test.each([
  ["./app -x", ["./app", "-x"]],
  ["exec ./app", ["./app"]],
  [`./app "a  b" --json='{"a":1}' a\\ b`, ["./app", "a  b", '--json={"a":1}', "a b"]],
  [`./app '*.go' "a;b" '$x' \\$y`, ["./app", "*.go", "a;b", "$x", "$y"]],
])("%s is plain", (source, words) => expect(read(source)).toEqual(words));

test.each([
  ["./app *.go", "expands names of files"],
  ["./app {a,b}", "expands braces"],
  ["./app ~", "expands a home folder (~)"],
  ['./app "$x"', "expands a variable"],
  ['./app "`date`"', "takes the output of a command"],
  ["./app $(date)", "takes the output of a command"],
  ["./app > log", "redirects input or output"],
  ["./app && ./b", "runs more than one command"],
  ["./app &", "combines commands"],
  ["./app # now", "has a comment of the shell's"],
  ["A=b ./app", "sets a variable"],
  ["'", "cannot be read as a command"],
  ["", "cannot be read as a command"],
])("%s %s", (source, needs) => expect(read(source)).toBe(needs));
