import type { Flag, Instruction } from "../syntax/instruction";
import type { Span } from "../text/span";

/** A part of a flag's value in the file. */
export interface ValuePlace {
  readonly span: Span;
  /** The file has it letter by letter, without quotes or escapes inside. */
  readonly exact: boolean;
}

/** Where the characters from `start` to `end` of a flag's value are written. */
export function flagValueSpan(instruction: Instruction, flag: Flag, start: number, end: number): ValuePlace {
  const { line, escape } = instruction;
  const [from, to] = flag.at;
  const places = characterPlaces(line.text.slice(from, to), escape);
  const before = `--${flag.name}=`.length;
  const first = from + (places[before + start] ?? 0);
  const last = from + (places[before + end - 1] ?? 0);
  const span = line.sourceSpan(first, last + 1);
  return { span, exact: span.end - span.start === end - start };
}

/** For each character that a word comes to, where it stands in the word: as readFlags reads it, byte by byte beyond ASCII. */
function characterPlaces(raw: string, escape: string): readonly number[] {
  const places: number[] = [];
  let quote = "";
  for (let at = 0; at < raw.length; at++) {
    const ch = raw[at] as string;
    if (ch > "\x7f") {
      // A pair of surrogates is four bytes, two for each half.
      const bytes = ch < "\u0800" || (ch >= "\ud800" && ch < "\ue000") ? 2 : 3;
      places.push(...Array<number>(bytes).fill(at));
    } else if (ch === quote) quote = "";
    else if (!quote && (ch === '"' || ch === "'")) quote = ch;
    else if (ch !== escape) places.push(at);
    else if ((raw[at + 1] ?? "\x80") <= "\x7f") places.push(++at);
  }
  return places;
}
