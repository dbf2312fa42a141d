import type { Instruction, Syntax } from "../syntax/instruction";

/** How the author writes: new lines follow it. */
export interface Style {
  readonly eol: "\n" | "\r\n";
  readonly lowerCase: boolean;
}

export function styleOf(syntax: Syntax): Style {
  const newline = syntax.text.indexOf("\n");
  const lower = syntax.instructions.filter((instruction) => writtenLower(syntax, instruction)).length;
  return {
    eol: newline > 0 && syntax.text[newline - 1] === "\r" ? "\r\n" : "\n",
    lowerCase: lower * 2 > syntax.instructions.length,
  };
}

export function writtenLower(syntax: Syntax, instruction: Instruction): boolean {
  const { start } = instruction.keywordSpan;
  return /^[a-z]/.test(syntax.text.slice(start, start + 1));
}

/** A keyword as this author would write it. */
export function keyword(style: Style, word: string): string {
  return style.lowerCase ? word.toLowerCase() : word;
}

/** A string of the JSON form. */
export function jsonForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
}
