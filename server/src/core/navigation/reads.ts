import type { Stage } from "../model/model";
import { shellAt } from "../model/shells";
import { shellMode } from "../shell/shell-words";
import { type ScriptRead, scriptReads } from "../shell/variables";
import type { Flag, Instruction, Syntax } from "../syntax/instruction";
import type { Span } from "../text/span";
import { flagValueSpan } from "./flag-value";
import { scriptText } from "./script-text";
import { wordReads } from "./word-reads";

/** A place where an instruction reads a variable: the span of the name alone. */
export interface Read {
  readonly name: string;
  readonly span: Span;
  /** BuildKit, the shell of a step, or the shell that the container starts, which knows no ARG. */
  readonly by: "builder" | "step" | "container";
  /** Whose value it is; a script may have set the variable itself. */
  readonly of: ScriptRead["of"];
}

/** Whose words BuildKit expands (frontend/dockerfile/instructions/commands.go: what has Expand; EXPOSE beside them). */
const EXPANDED = new Set(["ADD", "ARG", "COPY", "ENV", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"]);
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  FROM: ["platform"],
  ADD: ["chown", "chmod", "checksum"],
  COPY: ["chown", "chmod"],
  RUN: ["mount"],
};
const CONTAINER = new Set(["CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** Where an instruction reads variables, in document order; `stage` is undefined before the first FROM. */
export function readsOf(
  syntax: Syntax,
  instruction: Instruction,
  stage: Stage | undefined,
  at: number,
): readonly Read[] {
  const { keyword, flags, oversized } = instruction;
  if (oversized) return [];
  const ofFlags = flags
    .filter(({ name }) => FLAGS[keyword]?.includes(name))
    .flatMap((flag) => flagReads(instruction, flag));
  return [...ofFlags, ...bodyReads(syntax, instruction, stage, at)];
}

function bodyReads(syntax: Syntax, instruction: Instruction, stage: Stage | undefined, at: number): readonly Read[] {
  const { keyword, body, bodyAt } = instruction;
  if (keyword === "FROM") return lineReads(instruction, bodyAt, bodyAt + (/^\S*/.exec(body)?.[0].length ?? 0));
  if (EXPANDED.has(keyword)) {
    return [...lineReads(instruction, bodyAt, bodyAt + body.length), ...heredocReads(syntax, instruction)];
  }
  const container = CONTAINER.has(keyword);
  if (!container && keyword !== "RUN") return [];
  if (!instruction.json && stage && !shellMode(shellAt(stage, at) ?? [])) return [];
  return shellReads(syntax, instruction, container ? "container" : "step");
}

function shellReads(syntax: Syntax, instruction: Instruction, by: Read["by"]): readonly Read[] {
  const script = scriptText(syntax, instruction);
  if (!script) return [];
  const reads = scriptReads(script.source) ?? [];
  return reads.map(({ name, start, end, of }) => ({ name, span: script.toFile(start, end), by, of }));
}

function lineReads(instruction: Instruction, from: number, to: number): readonly Read[] {
  const { line, escape } = instruction;
  return wordReads(line.text.slice(from, to), escape, true).map(({ name, start, end }) =>
    built(name, line.sourceSpan(from + start, from + end)),
  );
}

/** BuildKit's heredocs escape with a backslash, whatever the file does, and know no quotes. */
function heredocReads({ text }: Syntax, { heredocs }: Instruction): readonly Read[] {
  return heredocs
    .filter(({ expand }) => expand)
    .flatMap(({ body }) =>
      wordReads(text.slice(body.start, body.end), "\\", false).map(({ name, start, end }) =>
        built(name, { start: body.start + start, end: body.start + end }),
      ),
    );
}

function flagReads(instruction: Instruction, flag: Flag): readonly Read[] {
  return wordReads(flag.value ?? "", instruction.escape, true).map(({ name, start, end }) =>
    built(name, flagValueSpan(instruction, flag, start, end).span),
  );
}

function built(name: string, span: Span): Read {
  return { name, span, by: "builder", of: "environment" };
}
