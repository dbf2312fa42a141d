import { isSpace } from "./chars";
import { BLANK, isOperator, type Operand, type Outcome, replace, substitute, type Variable } from "./substitution";

export interface LexOptions {
  readonly escape: string;
  readonly variable: (name: string) => Variable;
  /** Quotes stay in the result. */
  readonly rawQuotes?: boolean;
  /** Escape characters stay in the result. */
  readonly rawEscapes?: boolean;
  /** A variable that is not set stays as it is written. */
  readonly keepUnset?: boolean;
  /** Quotes are characters like any other, as in the body of a heredoc. */
  readonly noQuotes?: boolean;
}

export interface Lexed {
  readonly value: string;
  /** The value split at white space outside of quotes. */
  readonly words: readonly string[];
  /** The value hangs on a variable that is not known. */
  readonly unknown: boolean;
}

/** Deeper nesting of `${…:-${…}}` than this is no Dockerfile a person wrote. */
const MAX_DEPTH = 32;

/**
 * Quotes, escapes and variables of a text as BuildKit's lexer resolves them (moby/buildkit
 * frontend/dockerfile/shell/lex.go), or its reason to refuse them. Linear in the text; never throws.
 */
export function lex(text: string, options: LexOptions): Lexed | { readonly error: string } {
  const lexer = new Lexer(text, options);
  const value = lexer.read("", options.rawEscapes ?? false, false);
  if (lexer.tooDeep) return { value: "", words: [], unknown: true };
  if (lexer.error !== undefined) return { error: lexer.error };
  return { value, words: lexer.words, unknown: lexer.unknown };
}

class Lexer {
  private at = 0;
  private depth = 0;
  private rawEscapes = false;
  /** Of the innermost reader alone: as for BuildKit, a nested one loses the word that its outer one has begun. */
  private word = "";
  words: readonly string[] = [];
  unknown = false;
  error: string | undefined;
  tooDeep = false;

  constructor(
    private readonly text: string,
    private readonly options: LexOptions,
  ) {
    // Go's scanner overlooks a byte order mark.
    if (text.startsWith("\uFEFF")) this.at = 1;
  }

  /** Up to the stop character, or to the end of the text; once there is an error the result means nothing. */
  read(stop: string, rawEscapes: boolean, pattern: boolean): string {
    const outer = this.rawEscapes;
    this.rawEscapes = rawEscapes;
    this.word = "";
    const words = new WordList();
    const parts: string[] = [];
    for (;;) {
      if (this.error !== undefined) return "";
      const ch = this.text[this.at];
      if (ch === undefined || ch === stop) break;
      const part = this.part(ch, pattern);
      parts.push(part.text);
      this.word = words.add(this.word, part.text, part.splits);
    }
    this.words = words.end(this.word);
    this.word = "";
    this.rawEscapes = outer;
    if (stop && this.at >= this.text.length)
      return this.fail(`unexpected end of statement while looking for matching ${stop}`);
    if (stop) this.at++;
    return parts.join("");
  }

  private part(ch: string, pattern: boolean): { text: string; splits: boolean } {
    const { escape, noQuotes } = this.options;
    if (ch === "$") return { text: this.dollar(), splits: true };
    if (ch === "<") return { text: this.heredocSign(), splits: false };
    if (ch === "'" && !noQuotes) return { text: this.singleQuoted(pattern), splits: false };
    if (ch === '"' && !noQuotes) return { text: this.doubleQuoted(pattern), splits: false };
    this.at++;
    if (ch !== escape) return { text: ch, splits: true };
    const next = this.text[this.at++] ?? "";
    return { text: (this.rawEscapes ? ch : "") + next, splits: false };
  }

  /** White space behind `<<` belongs to the word. */
  private heredocSign(): string {
    const start = this.at++;
    if (this.text[this.at] === "<") {
      this.at++;
      while (" \t\r".includes(this.text[this.at] ?? "x")) this.at++;
    }
    return this.text.slice(start, this.at);
  }

  private singleQuoted(pattern: boolean): string {
    const start = this.at + 1;
    const end = this.text.indexOf("'", start);
    this.at = end < 0 ? this.text.length : end + 1;
    if (end < 0) return this.fail("unexpected end of statement while looking for matching single-quote");
    const inside = this.text.slice(start, end);
    const { escape, rawQuotes } = this.options;
    const kept = pattern ? inside.replaceAll(escape, escape + escape) : inside;
    return rawQuotes ? `'${kept}'` : kept;
  }

  private doubleQuoted(pattern: boolean): string {
    const { rawQuotes } = this.options;
    const parts: string[] = [];
    this.at++;
    while (this.error === undefined) {
      const ch = this.text[this.at];
      if (ch === undefined) return this.fail("unexpected end of statement while looking for matching double-quote");
      if (ch === "$") {
        parts.push(this.dollar());
        continue;
      }
      this.at++;
      if (ch === '"') return rawQuotes ? `"${parts.join("")}"` : parts.join("");
      parts.push(ch === this.options.escape ? this.escapedInQuotes(pattern) : ch);
    }
    return "";
  }

  private escapedInQuotes(pattern: boolean): string {
    const { escape, rawQuotes } = this.options;
    const next = this.text[this.at];
    if (next === undefined) return "";
    if (next === '"' || next === "$" || next === escape) {
      this.at++;
      return (this.rawEscapes ? escape : "") + next;
    }
    return this.rawEscapes && (!rawQuotes || pattern) ? escape + escape : escape;
  }

  private dollar(): string {
    this.at++;
    if (this.text[this.at] === "{") return this.braced();
    const name = this.name();
    return name === "" ? "$" : this.value(name, `$${name}`);
  }

  private braced(): string {
    this.at++;
    const first = this.text[this.at];
    if (first === undefined) return this.fail("syntax error: missing '}'");
    if ("{}:".includes(first)) return this.fail("syntax error: bad substitution");
    const name = this.name();
    const operator = this.text[this.at++];
    if (operator === "}") return this.value(name, `\${${name}}`);
    this.tooDeep = ++this.depth > MAX_DEPTH;
    if (this.tooDeep) return this.fail("");
    const value = operator === "/" ? this.replaced(name) : this.conditional(name, operator ?? "\uFFFD");
    this.depth--;
    return value;
  }

  private conditional(name: string, first: string): string {
    const sign = first === ":" ? `:${this.text[this.at++] ?? "\uFFFD"}` : first;
    const refusal = `unsupported modifier (${sign}) in substitution`;
    const isPattern = sign.endsWith("#") || sign.endsWith("%");
    // Behind a colon BuildKit reads on before it refuses.
    if (!isOperator(sign) && (first !== ":" || isPattern)) return this.fail(refusal);
    const operand = this.operand("}", isPattern, isPattern);
    if (this.error !== undefined) return "";
    const known = this.options.variable(name);
    if (known === null && this.options.keepUnset) return `\${${name}${sign}${operand.text}}`;
    return isOperator(sign) ? this.take(substitute(name, sign, known, operand)) : this.fail(refusal);
  }

  private replaced(name: string): string {
    const all = this.text[this.at] === "/";
    if (all) this.at++;
    const pattern = this.operand("/", true, true);
    if (this.error !== undefined) return "";
    const text = this.operand("}", true, false);
    if (this.error !== undefined) return "";
    const known = this.options.variable(name);
    if (known === null && this.options.keepUnset) return `\${${name}/${pattern.text}/${text.text}}`;
    return this.take(replace(known, pattern, text, all));
  }

  /** Whether the operand is known matters only where it is used. */
  private operand(stop: "}" | "/", rawEscapes: boolean, pattern: boolean): Operand {
    const before = this.unknown;
    this.unknown = false;
    const text = this.read(stop, rawEscapes, pattern);
    const { unknown } = this;
    this.unknown = before;
    if (this.error !== undefined && this.at >= this.text.length)
      this.error = `syntax error: missing '${stop}'${stop === "/" ? " in ${}" : ""}`;
    return { text, unknown };
  }

  private take(outcome: Outcome): string {
    if ("error" in outcome) return this.fail(outcome.error);
    if (outcome.unknown) this.unknown = true;
    return outcome.text;
  }

  private value(name: string, written: string): string {
    const known = this.options.variable(name);
    if (known === null) return this.options.keepUnset ? written : "";
    return known === undefined ? this.giveUp() : known === BLANK ? "" : known;
  }

  /** Letters, digits and `_`; or digits alone; or one special parameter. */
  private name(): string {
    const rest = this.text.slice(this.at, this.at + MAX_NAME);
    const name = /^(?:\p{Nd}+|[@*#?$!-]|[\p{L}\p{Nd}_]+)/u.exec(rest)?.[0] ?? "";
    this.at += name.length;
    return name;
  }

  private giveUp(): string {
    this.unknown = true;
    return "";
  }

  private fail(message: string): string {
    this.error ??= message;
    return "";
  }
}

const MAX_NAME = 1024;

/** Collects the words of a text: white space ends one, unless it was quoted or escaped. */
class WordList {
  private readonly done: string[] = [];

  /** The word as it has grown by a part of the text. */
  add(word: string, text: string, splits: boolean): string {
    if (!splits) return word + text;
    let grown = word;
    for (let at = 0; at < text.length; at++) {
      if (!isSpace(text.charCodeAt(at))) grown += text[at];
      else if (grown !== "") {
        this.done.push(grown);
        grown = "";
      }
    }
    return grown;
  }

  end(word: string): readonly string[] {
    if (word !== "") this.done.push(word);
    return this.done;
  }
}
