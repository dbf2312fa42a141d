import { DockerfileParser } from "dockerfile-ast";
import type { Syntax } from "../syntax/instruction";
import { LineIndex } from "../text/lines";

/** A longer file is not read twice: dockerfile-ast takes a second for 1 MB. */
const LONGEST = 131_072;

const known = new WeakMap<Syntax, boolean | undefined>();

/**
 * Whether dockerfile-ast, a parser that shares no line with ours, finds the same instructions on the same lines; undefined
 * where the file is too long to ask. It differs on rare files that BuildKit accepts (1 of 351 real ones), so that a "no"
 * counts only where it said "yes" before a change. Its look-ups, which can recurse without end, are not called.
 */
export function readsAlike(syntax: Syntax): boolean | undefined {
  if (!known.has(syntax)) known.set(syntax, syntax.text.length > LONGEST ? undefined : compare(syntax));
  return known.get(syntax);
}

function compare({ text, instructions }: Syntax): boolean {
  const lines = new LineIndex(text);
  const theirs = DockerfileParser.parse(text).getInstructions();
  return (
    theirs.length === instructions.length &&
    instructions.every(({ keyword, span }, at) => {
      const their = theirs[at];
      return their?.getKeyword() === keyword && their.getRange().start.line === lines.lineAt(span.start);
    })
  );
}
