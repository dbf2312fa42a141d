import { type Lookup, wordValue } from "./expand";
import { readScript, type Script } from "./script";

/** The words of a script that mean the same without a shell, or what it needs a shell for: "expands a variable". */
export type PlainWords = { readonly words: readonly string[] } | { readonly needs: string };

/** Plain words behind variables that are set for them alone, `HOSTNAME=0.0.0.0 node server.js`, and those as `NAME=value`. */
export type AssignedWords = { readonly words: readonly string[]; readonly env: readonly string[] };

/** The words of a script that is one command in plain words; `exec` in front of them is dropped. */
export function plainWords(source: string, lookup: Lookup, script: Script = read(source)): PlainWords {
  const needs = needsOf(source, script);
  return needs ? { needs } : (wordsOf(script, lookup) ?? { needs: "cannot be read as plain words" });
}

/** The same of a command that sets variables for itself, to values that ENV can say as they are; undefined for any other. */
export function assignedWords(
  source: string,
  lookup: Lookup,
  script: Script = read(source),
): AssignedWords | undefined {
  if (needsOf(source, script) !== SETS) return undefined;
  const rest = source.trimStart().replace(/^(?:[A-Za-z_]\w*=(?:"[\w.:/@%+,-]*"|[\w.:/@%+,-]*)\s+)+/, "");
  const plain = plainWords(rest, lookup);
  const env = (script.commands[0]?.assignments ?? []).map(({ name, value }) => {
    const said = value && wordValue(value, lookup);
    return said !== undefined && /^[\w.:/@%+,-]*$/.test(said) ? `${name}=${said}` : undefined;
  });
  return "words" in plain && env.every((each) => each !== undefined)
    ? { words: plain.words, env: env as string[] }
    : undefined;
}

function wordsOf({ commands: [command] }: Script, lookup: Lookup): { readonly words: readonly string[] } | undefined {
  const words = command ? [command.name, ...command.args].map((word) => wordValue(word, lookup)) : [];
  if (words[0] === "exec") words.shift();
  return words.every((word) => word !== undefined) && words.length > 0 ? { words: words as string[] } : undefined;
}

function read(source: string): Script {
  return readScript(source, (start, end) => ({ start, end }));
}

function needsOf(source: string, { commands, error }: Script): string | undefined {
  const [command] = commands;
  if (error || !command) return "cannot be read as a command";
  // In double quotes a shell still expands variables and runs commands.
  const expanded = unquoted(source, "$`");
  if (/`|\$\(/.test(expanded)) return "takes the output of a command";
  if (commands.length > 1) return "runs more than one command";
  if (command.assignments.length > 0) return SETS;
  const bare = unquoted(source, "");
  return (
    PARTS.find(([pattern]) => pattern.test(bare))?.[1] ?? (expanded.includes("$") ? "expands a variable" : undefined)
  );
}

const SETS = "sets a variable";

/** What a shell does to words that are not quoted. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/[<>]/, "redirects input or output"],
  [/[|&;()\n]/, "combines commands"],
  [/(?:^|\s)#/, "has a comment of the shell's"],
  [/[*?[]/, "expands names of files"],
  [/[{}]/, "expands braces"],
  [/(?:^|[\s=:])~/, "expands a home folder (~)"],
];

/** A script without what is quoted or escaped, but for these characters inside double quotes. */
function unquoted(source: string, kept: string): string {
  let text = "";
  let quote = "";
  for (let at = 0; at < source.length; at++) {
    const ch = source[at] as string;
    if (ch === "\\" && quote !== "'") {
      at++;
      text += quote ? "" : "x";
    } else if (ch === quote) quote = "";
    else if (quote === "" && (ch === "'" || ch === '"')) {
      quote = ch;
      text += "x";
    } else if (quote === "" || (quote === '"' && kept.includes(ch))) text += ch;
  }
  return text;
}
