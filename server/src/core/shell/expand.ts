import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import type { Chain, ShellWord } from "./script";
import type { Variable } from "./state";

/** The value of a variable: a string, "" where it is surely unset, undefined where it is unknown. */
export type Lookup = (name: string) => string | undefined;

/** The value of a word of a command, or undefined where it depends on what is not known. */
export function wordValue(word: ShellWord, lookup: Lookup): string | undefined {
  if (!word.node) return word.text;
  // Whose home folder that is depends on the user.
  return word.text.startsWith("~") ? undefined : expandWord(word.node, lookup);
}

/**
 * The words that the shell makes of one: a variable without quotes is split at white space, and gone where it is empty.
 * Where that is mixed with other text, the value is not told.
 */
export function wordValues(word: ShellWord, lookup: Lookup): readonly (string | undefined)[] {
  const value = wordValue(word, lookup);
  const parts = word.node?.parts ?? [];
  const isBare = ({ type }: WordPart) => type === "SimpleExpansion" || type === "ParameterExpansion";
  if (value === undefined || !parts.some(isBare)) return [value];
  if (parts.length === 1) return value.split(/\s+/).filter((each) => each !== "");
  return [/\s/.test(value) ? undefined : value];
}

/** What the shell itself sets, or the engine by the user that it finds. */
const NOT_OURS = new Set("PWD OLDPWD HOME RANDOM SECONDS LINENO UID EUID PPID SHLVL HOSTNAME IFS PATH _".split(" "));

/** Values of variables that grow by one another are followed so far, and no longer than this. */
const MAX_DEPTH = 64;
const MAX_VALUE = 4096;

/** The variables of a script: what it has set before a command, and outside of it what its stage has set. */
export class Variables {
  private known: Map<Chain<Variable>, string | undefined> | undefined;
  /** The look-ups that were asked for last: commands in a row see the same variables. */
  private words: { readonly set: Chain<Variable> | undefined; readonly lookup: Lookup } | undefined;
  private environment: { readonly set: Chain<Variable> | undefined; readonly lookup: Lookup } | undefined;

  constructor(private readonly outside: Lookup) {}

  /** As the shell expands them in words. */
  inWords(set: Chain<Variable> | undefined): Lookup {
    if (!this.words || this.words.set !== set) this.words = { set, lookup: (name) => this.find(name, set, 0) };
    return this.words.lookup;
  }

  /** As the programs see them that the shell starts: only what is exported. */
  inEnvironment(set: Chain<Variable> | undefined): Lookup {
    if (!this.environment || this.environment.set !== set)
      this.environment = { set, lookup: (name) => this.findExported(name, set) };
    return this.environment.lookup;
  }

  private findExported(name: string, set: Chain<Variable> | undefined): string | undefined {
    const own = entriesOf(name, set);
    // What its surroundings have set stays exported, whatever its new value.
    const visible = own.length === 0 || own.some(({ exported }) => exported) || Boolean(this.outside(name));
    return visible ? this.find(name, set, 0) : undefined;
  }

  private find(name: string, set: Chain<Variable> | undefined, depth: number): string | undefined {
    if (!/^[A-Za-z_]/.test(name) || depth > MAX_DEPTH) return undefined;
    for (let chain = set; chain; chain = chain.before) {
      if (chain.last.name === "*") return undefined;
      if (chain.last.name === name && chain.last.value !== "kept") return this.valueOf(chain, depth);
    }
    return NOT_OURS.has(name) ? this.outside(name) || undefined : this.outside(name);
  }

  private valueOf(chain: Chain<Variable>, depth: number): string | undefined {
    this.known ??= new Map();
    if (this.known.has(chain)) return this.known.get(chain);
    const { value } = chain.last;
    const found =
      value === undefined || value === "kept"
        ? undefined
        : wordValue(value, (name) => this.find(name, chain.before, depth + 1));
    const bounded = found !== undefined && found.length <= MAX_VALUE ? found : undefined;
    this.known.set(chain, bounded);
    return bounded;
  }
}

function entriesOf(name: string, set: Chain<Variable> | undefined): readonly Variable[] {
  const found: Variable[] = [];
  for (let chain = set; chain; chain = chain.before) if (chain.last.name === name) found.push(chain.last);
  return found;
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
