import { DockerfileParser, type PropertyInstruction } from "dockerfile-ast";
import { Memo } from "../text/memo";
import type { Instruction, Token } from "./instruction";

/** A `name=value` of ENV, LABEL or ARG as it is written, quotes and variables included. */
export interface Property {
  readonly name: Token;
  /** Undefined for an ARG without a default. */
  readonly value: Token | undefined;
  /** Where the name ends in the joined line: an `=` may stand there, also without a value. */
  readonly end: number;
}

/**
 * The words behind keyword and flags, as they are written. BuildKit splits FROM, COPY, ADD, EXPOSE and VOLUME at white
 * space alone; quotes do not group.
 */
export function words(instruction: Instruction): readonly Token[] {
  const { body, bodyAt, line } = instruction;
  return [...body.matchAll(/[^\t\v\f\r ]+/g)].map(({ 0: text, index }) => ({
    text,
    span: line.sourceSpan(bodyAt + index, bodyAt + index + text.length),
  }));
}

/**
 * What each ENV, LABEL and ARG sets, remembered by the instruction.
 *
 * dockerfile-ast is given the joined line alone, never the file: on one line of one instruction its properties and their
 * ranges agree with BuildKit, and none of its look-ups (which can recurse without end) are needed.
 */
const known = new WeakMap<Instruction, readonly Property[]>();

/** What an ENV, LABEL or ARG sets, in order. */
export function properties(instruction: Instruction): readonly Property[] {
  const found = known.get(instruction) ?? (instruction.oversized ? [] : readProperties(instruction));
  known.set(instruction, found);
  return found;
}

/** Where a name and its value stand in the joined line. */
interface Ranges {
  readonly name: readonly [number, number];
  readonly value: readonly [number, number] | undefined;
}

const parsed = {
  "\\": new Memo((text) => parseProperties(text, "")),
  "`": new Memo((text) => parseProperties(text, "# escape=`\n")),
};

function readProperties(instruction: Instruction): readonly Property[] {
  const read = readByAst(instruction);
  const isOldForm = read.some(({ value, end }) => value && instruction.line.text[end] !== "=");
  // ENV alone has an old form: `ARG A B` declares two.
  return isOldForm && instruction.keyword === "ARG" ? readDeclarations(instruction) : read;
}

function readDeclarations(instruction: Instruction): readonly Property[] {
  const { body, bodyAt } = instruction;
  return [...body.matchAll(/([^\s=]+)(=(?:"[^"]*"|'[^']*'|[^\s"']+)*)?/g)].map(({ 1: name = "", 2: rest, index }) => {
    const end = bodyAt + index + name.length;
    const value = rest === undefined ? undefined : token(instruction, [end + 1, end + rest.length]);
    return { name: token(instruction, [bodyAt + index, end]), value, end };
  });
}

function readByAst(instruction: Instruction): readonly Property[] {
  return parsed[instruction.escape].of(instruction.line.text).map(({ name, value }) => ({
    name: token(instruction, name),
    value: value && token(instruction, value),
    end: name[1],
  }));
}

function parseProperties(text: string, directive: string): readonly Ranges[] {
  // The ranges are characters of the last line, whatever stands before it.
  const [ast] = DockerfileParser.parse(directive + text).getInstructions();
  if (!ast || !("getProperties" in ast)) return [];
  return (ast as PropertyInstruction).getProperties().flatMap((property) => {
    const name = property.getNameRange();
    const value = property.getValueRange();
    return name ? { name: charactersOf(name), value: value ? charactersOf(value) : undefined } : [];
  });
}

function charactersOf({ start, end }: ReturnType<PropertyInstruction["getRange"]>): readonly [number, number] {
  return [start.character, end.character];
}

function token(instruction: Instruction, [start, end]: readonly [number, number]): Token {
  return { text: instruction.line.text.slice(start, end), span: instruction.line.sourceSpan(start, end) };
}
