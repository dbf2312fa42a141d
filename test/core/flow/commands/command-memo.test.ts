import { describe, expect, test } from "vitest";
import { Analysis } from "../../../../server/src/core/analysis";
import { CommandMemo } from "../../../../server/src/core/flow/commands/command-memo";
import type { RunCommand } from "../../../../server/src/core/toolchains/toolchain";

function commandsOf(text: string): readonly RunCommand[] {
  const { context } = new Analysis(text);
  return context.model.final ? context.view(context.model.final).commands : [];
}

/** The words of each command, and how often they were asked for. */
function counted() {
  const asked = { times: 0 };
  const memo = new CommandMemo((run) => {
    asked.times++;
    return [run.folder, run.program, ...run.args.map(({ value }) => value)].join(" ");
  });
  return { asked, all: (text: string) => commandsOf(text).map((run) => memo.of(run)) };
}

describe("what the words of a command tell", () => {
  test("is read once for all versions of a file, wherever the command stands", () => {
    const { asked, all } = counted();
    const before = all("FROM debian\nWORKDIR /a\nRUN apt-get update && rm -rf /tmp/x\n");
    expect(all("# more\nFROM debian\n\nWORKDIR /a\nRUN apt-get update && rm -rf /tmp/x\n")).toEqual(before);
    expect(asked.times).toBe(2);
  });

  test("is another thing in another folder", () => {
    const { all } = counted();
    expect(all("FROM debian\nWORKDIR /a\nRUN rm memo.txt\n")).toEqual(["/a rm memo.txt"]);
    expect(all("FROM debian\nWORKDIR /b\nRUN rm memo.txt\n")).toEqual(["/b rm memo.txt"]);
  });

  test("is asked again where it hangs on a variable", () => {
    const { all } = counted();
    expect(all("FROM debian\nENV A=one\nWORKDIR /\nRUN rm $A\n")).toEqual(["/ rm one"]);
    expect(all("FROM debian\nENV A=two\nWORKDIR /\nRUN rm $A\n")).toEqual(["/ rm two"]);
  });

  test("is not remembered of what a wrapper starts: those are words of another command", () => {
    const runs = commandsOf("FROM debian\nWORKDIR /\nRUN rm memo-a && sudo rm memo-b && env B=c rm memo-d\n");
    expect(runs.map(({ program, reading }) => [program, reading !== undefined])).toEqual([
      ["rm", true],
      ["rm", false],
      ["rm", false],
    ]);
  });
});

test("the places of a script that was read before are those of this file", () => {
  const text = "FROM debian\nRUN echo moved \\\n  && touch /moved > /out\n";
  const later = `# a line more\n${text.replaceAll("\n", "\r\n")}`;
  for (const each of [text, later]) {
    const [echo, touch] = commandsOf(each);
    const at = (span: { start: number; end: number } | undefined) => span && each.slice(span.start, span.end);
    expect(at(echo?.programWord.span)).toBe("echo");
    expect(at(touch?.command.span)).toBe("touch /moved > /out");
    expect(at(touch?.args[0]?.word.span)).toBe("/moved");
    expect(at(touch?.command.output?.span)).toBe("/out");
  }
});
