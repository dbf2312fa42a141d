/** What our core makes of a Dockerfile, in the shape of the oracle's answers. */
import { conversionProblems } from "../../server/src/core/model/convert/convert.ts";
import { expandWord, type Lookup, wordProblem } from "../../server/src/core/model/expand.ts";
import { buildModel } from "../../server/src/core/model/model.ts";
import { properties, quotedWords, words } from "../../server/src/core/syntax/ast.ts";
import { grammarProblems } from "../../server/src/core/syntax/grammar.ts";
import type { Instruction, Syntax } from "../../server/src/core/syntax/instruction.ts";
import { scan } from "../../server/src/core/syntax/scan.ts";
import { shapeOf } from "../../server/src/core/syntax/shapes.ts";
import { LineIndex } from "../../server/src/core/text/lines.ts";

export interface HeredocAnswer {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly fd: number;
  readonly content: string;
}

export interface InstructionAnswer {
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  readonly flags: readonly string[];
  readonly json: boolean;
  readonly args: readonly string[];
  readonly heredocs: readonly HeredocAnswer[];
  readonly nested?: InstructionAnswer;
}

export interface FileAnswer {
  readonly error?: string;
  /** Why what the parser took does not become build steps. */
  readonly conversion?: string;
  /** False where the parser itself has rejected the file. */
  readonly tree: boolean;
  readonly escape: string;
  readonly directives: readonly { readonly name: string; readonly value: string }[];
  readonly instructions: readonly InstructionAnswer[];
}

export interface OurAnswer extends Pick<FileAnswer, "escape" | "directives" | "instructions"> {
  /** Why we say that the parser rejects the file. */
  readonly reasons: readonly string[];
  /** What we are certain of that the conversion refuses. */
  readonly conversions: readonly string[];
}

/** Our tree of a file, and the reasons that we give for rejecting it. */
export function ourFile(text: string): OurAnswer {
  const syntax = scan(text);
  const lines = new LineIndex(text);
  const conversions = conversionProblems(buildModel(syntax, () => undefined));
  return {
    escape: syntax.escape,
    directives: syntax.directives.map(({ name, value }) => ({ name, value })),
    instructions: syntax.instructions.map((each) => instructionAnswer(each, syntax, lines)),
    reasons: [...syntax.problems, ...grammarProblems(syntax)].map(({ message }) => message),
    conversions: conversions.filter(({ certain }) => certain).map(({ message }) => message),
  };
}

function instructionAnswer(instruction: Instruction, syntax: Syntax, lines: LineIndex): InstructionAnswer {
  const { keyword, line, flags, json, heredocs, nested } = instruction;
  return {
    keyword,
    start: lines.position(line.start).line + 1,
    end: lines.position(instruction.span.end).line + 1,
    flags: flags.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`)),
    json: json !== undefined,
    args: argsOf(instruction),
    heredocs: heredocs.map(({ body: _, text, ...head }) => ({ ...head, content: text })),
    ...(nested && { nested: { ...instructionAnswer(nested, syntax, lines), start: 0, end: 0, heredocs: [] } }),
  };
}

function argsOf(instruction: Instruction): readonly string[] {
  const { keyword, body, json } = instruction;
  if (!shapeOf(keyword)) return [""];
  if (keyword === "ONBUILD") return [];
  switch (keyword) {
    case "ENV":
    case "LABEL":
      return properties(instruction).flatMap(({ name, value, assigned }) => [
        name.text,
        value?.text ?? "",
        assigned ? "=" : "",
      ]);
    case "ARG":
      return quotedWords(instruction).map(({ text }) => text);
    case "HEALTHCHECK":
      return healthcheckArgs(instruction);
    case "FROM":
    case "EXPOSE":
    case "COPY":
    case "ADD":
    case "VOLUME":
      return (json ?? words(instruction)).map(({ text }) => text);
    default:
      return json ? json.map(({ text }) => text) : body === "" ? [] : [body];
  }
}

function healthcheckArgs({ body, json }: Instruction): readonly string[] {
  const [, type, rest] = /^(\S+)\s*(.*)$/s.exec(body) ?? [];
  if (type === undefined) return [];
  return [type, ...(json ? json.map(({ text }) => text) : rest ? [rest] : [])];
}

/** The value of a word; undefined where we give none. `error` is our reason to refuse it. */
export function ourWord(
  word: string,
  escape: string,
  env: Readonly<Record<string, string>>,
): { readonly value: string | undefined; readonly error: string | undefined } {
  const isSet = (name: string) => Object.hasOwn(env, name);
  const lookup: Lookup = Object.assign((name: string) => (isSet(name) ? env[name] : ""), {
    isUnset: (name: string) => !isSet(name),
  });
  return { value: expandWord(word, lookup, escape), error: wordProblem(word, lookup, escape) };
}
