import type { Remembering } from "../text/remembered";
import type { Span } from "../text/span";
import type { LogicalLine } from "./logical";

/** A piece of an instruction with its place in the file. */
export interface Token {
  readonly text: string;
  readonly span: Span;
}

/** `--name=value` or `--name`, quotes and escapes resolved as BuildKit does. */
export interface Flag {
  readonly name: string;
  readonly value: string | undefined;
  readonly span: Span;
  /** Where it stands in `line`, as it is written. */
  readonly at: readonly [start: number, end: number];
}

export interface Heredoc {
  readonly name: string;
  /** Variables in the body are expanded: no part of the name was quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are dropped. */
  readonly chomp: boolean;
  /** The number in front of `<<`, 0 where there is none. */
  readonly fd: number;
  /** The body in the file, without the terminator's line. */
  readonly body: Span;
  /** What stands there. */
  readonly text: string;
}

/**
 * What the text of an instruction says, with the places where it was first read. Who does not ask for places may ask a
 * reading as well as an instruction.
 */
export interface Reading extends Remembering {
  /** In upper case, whatever the author wrote. */
  readonly keyword: string;
  /** The keyword as the author wrote it. */
  readonly written: string;
  readonly keywordSpan: Span;
  /** From the keyword to the end of its last line, heredocs and their terminators included, line ending excluded. */
  readonly span: Span;
  readonly line: LogicalLine;
  readonly flags: readonly Flag[];
  /** What stands behind keyword and flags, and where that begins in `line`. */
  readonly body: string;
  readonly bodyAt: number;
  /** The strings of the JSON (exec) form, of a HEALTHCHECK behind its CMD; undefined in shell form. */
  readonly json: readonly Token[] | undefined;
  readonly heredocs: readonly Heredoc[];
  /** What an ONBUILD triggers, read as if it stood alone; its `line` is the whole line of the ONBUILD. */
  readonly nested: Reading | undefined;
  /** The file's escape character. */
  readonly escape: "\\" | "`";
  /** Over 64 KiB: BuildKit rejects such a line, and no parser but this one is given it. */
  readonly oversized: boolean;
}

/** A reading at its place in a version of a file. The versions share the reading, and with it all that was made of it alone. */
export interface Instruction extends Reading {
  readonly reading: Reading;
  readonly nested: Instruction | undefined;
}

/** Something that BuildKit would reject, with its reason. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
}

export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/**
 * What the scanner reads at once: a blank line, or comments and the instruction that they lead to. It depends on its text and
 * the file's escape character alone.
 */
export interface Passage {
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
  readonly instruction: Instruction | undefined;
  readonly comments: readonly Span[];
  readonly problems: readonly Problem[];
}

export interface Syntax {
  readonly text: string;
  readonly escape: "\\" | "`";
  readonly directives: readonly Directive[];
  /** Spans from `#` to the line's end. Directives are not among them. */
  readonly comments: readonly Span[];
  readonly instructions: readonly Instruction[];
  readonly problems: readonly Problem[];
  /** All behind the directives, in order. */
  readonly passages: readonly Passage[];
  /** False where the file has too many instructions: then none of them is here. */
  readonly isRead: boolean;
}

/** The flag of that name, the last one where it is repeated. */
export function flagOf(instruction: Reading, name: string): Flag | undefined {
  return instruction.flags.findLast((flag) => flag.name === name);
}

/** A part of the body as a span of the file. */
export function bodySpan(instruction: Instruction, start: number, end: number): Span {
  return instruction.line.sourceSpan(instruction.bodyAt + start, instruction.bodyAt + end);
}
