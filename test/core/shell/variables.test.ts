import { expect, test } from "vitest";
import { scriptReads } from "../../../server/src/core/shell/variables";

/** The reads of `X`: `=` of the environment, `!` of the script, `?` of either. */
function read(source: string): string {
  const marks = { environment: "=", script: "!", either: "?" };
  return (scriptReads(source) ?? [])
    .filter(({ name }) => name === "X")
    .map(({ start, end, of }) => {
      expect(source.slice(start, end)).toBe("X");
      return marks[of];
    })
    .join("");
}

test("every way to read a variable", () => {
  expect(read('echo $X "$X" ${X} "${X:-$X}" ${#X} ${X%.*} pre${X}post')).toBe("========");
  expect(read("echo $((X + $X + 1))")).toBe("==");
  expect(read("echo $(cat $X) <(cat $X) `cat $X`")).toBe("===");
  expect(read("cat <<EOF\n$X\nEOF\n")).toBe("=");
  expect(read('echo > $X && [ -n "$X" ] || exit 1')).toBe("==");
  expect(read("case $X in a$X) echo $X;; esac")).toBe("===");
});

test("what is quoted, escaped, or another name, is not read", () => {
  expect(read("echo '$X' \\$X \"\\$X\" $XY X $'$X'")).toBe("");
  expect(read("cat <<'EOF'\n$X\nEOF\n")).toBe("");
  expect(read("# $X\necho")).toBe("");
});

test("what the script has set is its own", () => {
  expect(read("X=1; echo $X")).toBe("!");
  expect(read("X=$X; echo $X")).toBe("=!");
  expect(read("export X=1 && echo $X")).toBe("!");
  expect(read("for X in a $X; do echo $X; done")).toBe("=!");
  expect(read("read -r X; echo $X")).toBe("!");
});

test("for one command, or in a subshell, it is set for nothing else", () => {
  expect(read("X=1 make $X; echo $X")).toBe("==");
  expect(read("(X=1; echo $X); echo $X")).toBe("!=");
  expect(read("echo 1 | X=1; echo $X")).toBe("=");
  expect(read("a=$(X=1; echo $X); echo $X")).toBe("!=");
  expect(read("X=1 & echo $X")).toBe("=");
});

test("where it may or may not be set, nobody knows whose it is", () => {
  expect(read("if a; then X=1; echo $X; fi; echo $X")).toBe("!?");
  expect(read("a || X=1; echo $X")).toBe("?");
  expect(read("a && X=1 && echo $X; echo $X")).toBe("!?");
  expect(read("while a; do echo $X; X=1; done")).toBe("?");
  expect(read("case a in b) X=1;; esac; echo $X")).toBe("?");
  expect(read("f() { echo $X; }; X=1; f")).toBe("?");
  expect(read(". ./env.sh && echo $X")).toBe("?");
  expect(read(": ${X:=1}; echo $X")).toBe("=?");
  expect(read("X=1 set -x; echo $X")).toBe("?");
  expect(read("((X+=1)); echo $X")).toBe("=?");
  expect(read("X=1; if a; then X=2; fi; echo $X")).toBe("!");
});

test("what is too deep or too long is not looked into", () => {
  expect(scriptReads(`${"(".repeat(300)}$X${")".repeat(300)}`)).toBeUndefined();
  expect(scriptReads(`echo $X ${"x".repeat(70_000)}`)).toBeUndefined();
});

test("many variables in many branches take no time", () => {
  const source = Array.from({ length: 4_000 }, (_, at) => `a || v${at}=$X`).join("; ");
  const began = performance.now();
  expect(read(source)).toHaveLength(4_000);
  expect(performance.now() - began).toBeLessThan(1_000);
});
