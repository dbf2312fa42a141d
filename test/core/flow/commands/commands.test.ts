import { describe, expect, test } from "vitest";
import { Analysis } from "../../../../server/src/core";
import { commandsOf, isUnread } from "../../../../server/src/core/flow/commands/commands";
import type { Stage } from "../../../../server/src/core/model/model";
import type { RunCommand } from "../../../../server/src/core/toolchains/toolchain";

function lastStage(text: string) {
  const { context } = new Analysis(text);
  return { context, stage: context.model.final as Stage };
}

function commands(text: string): readonly RunCommand[] {
  const { context, stage } = lastStage(text);
  return commandsOf(context.syntax, stage);
}

/** `program argument …`, with `@user` and `:folder` where they are not root's and /. */
function outline(text: string): readonly string[] {
  return commands(text).map(({ program, args, user, folder }) => {
    const words = [program ?? "?", ...args.map(({ value }) => value ?? "?")].join(" ");
    return words + (user === "root" ? "" : ` @${user ?? "?"}`) + (folder === "/" ? "" : ` :${folder ?? "?"}`);
  });
}

describe("what starts another program is seen through", () => {
  test.each([
    ["env A=b C=d go build", ["go build"]],
    ["exec nohup nice -n 5 go build", ["go build"]],
    ["command -p go build; command -v go", ["go build", "command -v go"]],
    ["timeout -k 5 10s go build", ["go build"]],
    ["sudo -u app -E A=b go build", ["go build @app"]],
    ["sudo -i go build", ["go build :?"]],
    ["gosu app:app go build", ["go build @app:app"]],
    ["su app -c 'cd x && go build'", ["cd x @app", "go build @app :/x"]],
    ["su - app -c 'go build'", ["go build @app :?"]],
    ["sh -c 'cd x; go build'", ["cd x", "go build :/x"]],
    ["cd y && bash -euo pipefail -c 'go build'", ["cd y", "go build :/y"]],
    ["bash -c \"sh -c 'a b'\"", ["a b"]],
    ['sh -c "$UNKNOWN"', ["sh -c ?"]],
    ["sh script.sh", ["sh script.sh"]],
    ["curl x | sh", ["curl x", "sh"]],
    ["find . | xargs rm", ["find .", "xargs rm"]],
    ["env", ["env"]],
    ["sudo --unheard-of go build", ["sudo --unheard-of go build"]],
  ])("%s", (script, expected) => {
    expect(outline(`FROM debian\nRUN ${script}\n`)).toEqual(expected);
  });

  test("the words of a quoted script stand where they are written", () => {
    for (const quoted of [
      "RUN cd x && sh -c 'go build'",
      'RUN ["sh", "-c", "go build"]',
      "RUN bash <<EOF\ngo build\nEOF",
    ]) {
      const text = `FROM debian\n${quoted}\n`;
      const build = commands(text).at(-1);
      const span = build?.args[0]?.word.span;
      expect(span && text.slice(span.start, span.end)).toBe("build");
      expect(build?.via).toBeUndefined();
    }
  });

  test("where they are not written as they are, the command that has them does", () => {
    const [build] = commands('FROM debian\nRUN sh -c "go \\"build\\""\n');
    expect(build?.args[0]?.value).toBe("build");
    expect(build?.via?.program).toBe("sh");
  });

  test("what is known of its end holds for its script", () => {
    const ends = (script: string) =>
      commands(`FROM debian\nRUN ${script}\n`).map(({ command }) => [command.always, command.succeeded]);
    expect(ends("sh -c 'a; b'")).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(ends("sh -ec 'a; b'; true")).toEqual([
      [true, false],
      [false, false],
      [true, true],
    ]);
    expect(ends("x || sh -c 'a'")[1]).toEqual([false, false]);
  });
});

describe("variables", () => {
  const lookup = (script: string, name: string) =>
    commands(`FROM debian\nENV E=1\nRUN ${script}\n`).at(-1)?.lookup(name);
  test("a program sees what is exported, or was in its environment before", () => {
    expect(lookup("A=1; x", "A")).toBeUndefined();
    expect(lookup("export A=1; x", "A")).toBe("1");
    expect(lookup("A=1; export A; x", "A")).toBe("1");
    expect(lookup("A=1 x", "A")).toBe("1");
    expect(lookup("E=2; x", "E")).toBe("2");
    expect(lookup("env A=1 x", "A")).toBe("1");
    expect(lookup("sudo x", "E")).toBeUndefined();
    expect(lookup("export A=1; sh -c x", "A")).toBe("1");
  });

  test("a variable without quotes is several words", () => {
    expect(outline('FROM debian\nENV P="a b"\nRUN apt-get install $P "$P" x$P\n')).toEqual([
      "apt-get install a b a b ?",
    ]);
    expect(commands('FROM debian\nENV P="a b"\nRUN x $P "$P"\n')[0]?.args).toHaveLength(3);
  });
});

test("USER and WORKDIR", () => {
  expect(outline("FROM debian\nUSER app\nWORKDIR /src\nRUN a\n")).toEqual(["a @app :/src"]);
});

describe("a RUN that may do more than is read", () => {
  const unread = (text: string) => {
    const { context, stage } = lastStage(text);
    return stage.instructions
      .filter(({ keyword }) => keyword === "RUN")
      .map((run) => isUnread(context.syntax, stage, run));
  };
  test.each([
    ["a script", "RUN a; b", false],
    ["a broken script", "RUN if a; then", true],
    ["another shell", 'SHELL ["pwsh", "-Command"]\nRUN a', true],
    ["exec form beside another shell", 'SHELL ["pwsh", "-Command"]\nRUN ["a"]', false],
    ["another interpreter", "RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF", true],
    ["a shell's first line beside another shell", 'SHELL ["pwsh", "-Command"]\nRUN <<EOF\n#!/bin/sh -e\na\nEOF', false],
    ["a long script", `RUN ${"a;".repeat(40_000)}`, true],
    ["a comment alone", "RUN # nothing", false],
  ])("%s", (_, lines, expected) => {
    expect(unread(`FROM debian\n${lines}\n`)).toEqual([expected]);
  });

  test("SHELL holds for the stages on top, and Windows has another one", () => {
    expect(unread('FROM debian AS a\nSHELL ["pwsh", "-Command"]\nFROM a\nRUN b\n')).toEqual([true]);
    expect(unread('FROM debian AS a\nSHELL ["pwsh", "-Command"]\nFROM debian\nRUN b\n')).toEqual([false]);
    expect(unread("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN b\n")).toEqual([true]);
  });

  test("a heredoc's first line says how its script runs", () => {
    const text = "FROM debian\nRUN <<EOF\n#!/bin/bash -e\na\nb\nEOF\n";
    expect(commands(text).map(({ command }) => command.succeeded)).toEqual([true, true]);
  });

  test("the text of a heredoc goes to its command", () => {
    const [cat] = commands("FROM debian\nRUN cat <<'EOF' > /etc/x && y\na $b\nEOF\n");
    expect(cat?.command.input).toMatchObject({ text: "a $b\n", expands: false });
    expect(cat?.command.output?.text).toBe("/etc/x");
  });
});
