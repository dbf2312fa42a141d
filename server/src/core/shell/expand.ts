import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import type { ShellCommand, ShellWord } from "./script";

/** The value of a variable: a string, "" where it is surely unset, undefined where it is unknown. */
export type Lookup = (name: string) => string | undefined;

/** The value of a word of a command, or undefined where it depends on what is not known. */
export function wordValue(word: ShellWord, lookup: Lookup): string | undefined {
  return word.node ? expandWord(word.node, lookup) : word.text;
}

/** Variables as a command's words see them: what its script has set before, then what the stage has set. */
export function withScript(command: ShellCommand, stage: Lookup): Lookup {
  return (name) => {
    for (let chain = command.variables; chain; chain = chain.before) {
      if (chain.last.name === name) return wordValue(chain.last.value, stage);
    }
    return stage(name);
  };
}

/** The text that the shell would pass on for a word, or undefined where it depends on what is not known. */
function expandWord(word: Word, lookup: Lookup): string | undefined {
  if (!word.parts) return word.value;
  return join(word.parts, lookup);
}

function join(parts: readonly (WordPart | DoubleQuotedChild)[], lookup: Lookup): string | undefined {
  let text = "";
  for (const part of parts) {
    const piece = expandPart(part, lookup);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}

function expandPart(part: WordPart | DoubleQuotedChild, lookup: Lookup): string | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
      return part.value;
    case "Glob":
      return part.text;
    case "DoubleQuoted":
    case "LocaleString":
      return join(part.parts, lookup);
    case "SimpleExpansion":
      return lookup(part.text.slice(1));
    case "ParameterExpansion": {
      if (part.prefix || part.index) return undefined;
      const value = lookup(part.parameter);
      const operation = part.operation;
      if (!operation) return value;
      if (operation.type !== "Default" || value === undefined) return undefined;
      if (operation.operator === ":-") return value === "" ? expandWord(operation.operand, lookup) : value;
      return undefined;
    }
    default:
      return undefined;
  }
}
