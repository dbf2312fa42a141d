import { DockerfileParser, type PropertyInstruction } from "dockerfile-ast";
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

function readProperties(instruction: Instruction): readonly Property[] {
  // The ranges are characters of the last line, whatever stands before it.
  const directive = instruction.escape === "`" ? "# escape=`\n" : "";
  const [ast] = DockerfileParser.parse(directive + instruction.line.text).getInstructions();
  if (!ast || !("getProperties" in ast)) return [];
  return (ast as PropertyInstruction).getProperties().flatMap((property) => {
    const name = property.getNameRange();
    const value = property.getValueRange();
    if (!name) return [];
    return {
      name: token(instruction, name),
      value: value ? token(instruction, value) : undefined,
      end: name.end.character,
    };
  });
}

function token(instruction: Instruction, range: ReturnType<PropertyInstruction["getRange"]>): Token {
  const [start, end] = [range.start.character, range.end.character];
  return { text: instruction.line.text.slice(start, end), span: instruction.line.sourceSpan(start, end) };
}
