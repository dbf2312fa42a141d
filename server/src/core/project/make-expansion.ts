import { matchesPattern, posix } from "../model/paths";
import type { MakeCall } from "./make-goals";
import type { Makefile } from "./makefile";

/** What the shell sees in the place of a value that is not known: no program sets it. */
export const UNKNOWN_VALUE = "${__unknown_to_make__}";

/** So many variables are replaced for one call of make, in texts of so many characters: `$(A)$(A)` doubles with each. */
const MAX_EXPANSIONS = 2_000;
const MAX_TEXT = 4096;
const MAX_DEPTH = 16;

/**
 * What make sets by itself (GNU make manual, Implicit Variables). Images that set one of them in their environment are those
 * of cross compilers alone.
 */
const BUILT_IN: Readonly<Record<string, string>> = {
  AR: "ar",
  AS: "as",
  CC: "cc",
  CXX: "g++",
  CPP: "cc -E",
  LD: "ld",
  RM: "rm -f",
  ARFLAGS: "rv",
  MAKE: "make",
  CFLAGS: "",
  CXXFLAGS: "",
  CPPFLAGS: "",
  LDFLAGS: "",
  LDLIBS: "",
  LOADLIBES: "",
};

/** What the automatic variables of a recipe stand for. */
export interface Automatic {
  readonly target: string;
  readonly prerequisites: readonly string[];
  /** What `%` stands for. */
  readonly stem?: string;
}

const NONE: Automatic = { target: "", prerequisites: [] };

/** Replaces variables and the functions on words; what is not known, or comes to too much, is UNKNOWN_VALUE. */
export class Expansion {
  private left = MAX_EXPANSIONS;

  constructor(
    private readonly makefile: Makefile,
    private readonly call: MakeCall,
  ) {}

  of(text: string, automatic: Automatic = NONE, depth = 0): string {
    if (!text.includes("$")) return text;
    if (depth > MAX_DEPTH || this.left <= 0 || text.length > MAX_TEXT) return UNKNOWN_VALUE;
    let value = "";
    for (let at = 0; at < text.length && this.left >= 0; at++) {
      const ch = text[at];
      if (ch !== "$") {
        value += ch;
        continue;
      }
      this.left--;
      const next = text[at + 1] ?? "";
      if (next === "(" || next === "{") {
        const end = closing(text, at + 1);
        if (end < 0) return UNKNOWN_VALUE;
        value += this.reference(text.slice(at + 2, end), automatic, depth);
        at = end;
      } else {
        value += next === "$" ? "$" : automaticValue(next, automatic);
        at++;
      }
      if (value.length > MAX_TEXT) return UNKNOWN_VALUE;
    }
    return this.left < 0 ? UNKNOWN_VALUE : value;
  }

  /** `NAME`, `NAME:.c=.o`, `@D`, `patsubst %.c,%.o,$(NAME)`. */
  private reference(inner: string, automatic: Automatic, depth: number): string {
    const [, name = "", rest] = /^([a-z-]+)[ \t]+([^\n]*)$/.exec(inner) ?? [];
    if (rest !== undefined) return this.function(name, rest, automatic, depth);
    if (/^[@<^*?][DF]?$/.test(inner)) return automaticValue(inner, automatic);
    const [, variable = "", from = "", to] = /^([\w.]+):([^=\s]*)=([^=\s]*)$/.exec(inner) ?? [];
    if (to !== undefined) {
      const [before, after] = from.includes("%") ? [from, to] : [`%${from}`, `%${to}`];
      return each(this.variable(variable, automatic, depth), (word) => substituted(word, before, after));
    }
    return this.variable(inner, automatic, depth);
  }

  private function(name: string, rest: string, automatic: Automatic, depth: number): string {
    // The shell of a recipe runs it as well as make's own.
    if (name === "shell") return /^pkg-config [\w.+ -]+$/.test(rest) ? `$(${rest.trim()})` : UNKNOWN_VALUE;
    const args = commas(rest).map((arg) => this.of(arg, automatic, depth + 1));
    if (args.some((arg) => arg.includes(UNKNOWN_VALUE))) return UNKNOWN_VALUE;
    const [first = "", second = "", third = ""] = args;
    switch (name) {
      case "wildcard": {
        const found = words(first).map((pattern) => this.call.matching?.(pattern));
        return found.every((each) => each !== undefined) ? found.flat().join(" ") : UNKNOWN_VALUE;
      }
      case "patsubst":
        return each(third, (word) => substituted(word, first.trim(), second.trim()));
      case "subst":
        return first === "" ? third : third.replaceAll(first, second);
      case "addprefix":
        return each(second, (word) => first.trim() + word);
      case "addsuffix":
        return each(second, (word) => word + first.trim());
      case "notdir":
        return each(first, posix.basename);
      case "dir":
        return each(first, (word) => (word.includes("/") ? `${posix.dirname(word)}/` : "./"));
      case "basename":
        return each(first, (word) => word.replace(/\.[^./]*$/, ""));
      case "strip":
        return words(first).join(" ");
      case "sort":
        return [...new Set(words(first))].sort().join(" ");
      case "filter":
        return words(second)
          .filter((word) => words(first).some((pattern) => stemOf(word, pattern) !== undefined))
          .join(" ");
      case "filter-out":
        return words(second)
          .filter((word) => words(first).every((pattern) => stemOf(word, pattern) === undefined))
          .join(" ");
      default:
        return UNKNOWN_VALUE;
    }
  }

  private variable(name: string, automatic: Automatic, depth: number): string {
    const { makefile, call } = this;
    if (!/^[\w.]+$/.test(name)) return UNKNOWN_VALUE;
    const given = call.given.get(name);
    if (given !== undefined) return given;
    const variable = makefile.variables.get(name);
    const outer = call.environment(name);
    if (variable && (!variable.isDefault || !outer)) return this.of(variable.value, automatic, depth + 1);
    return outer || (Object.hasOwn(BUILT_IN, name) ? (BUILT_IN[name] ?? "") : (outer ?? UNKNOWN_VALUE));
  }
}

function automaticValue(name: string, { target, prerequisites, stem }: Automatic): string {
  const of = (names: readonly string[]) => {
    if (name.endsWith("D")) return names.map((each) => (each.includes("/") ? posix.dirname(each) : ".")).join(" ");
    return (name.endsWith("F") ? names.map((each) => posix.basename(each)) : names).join(" ");
  };
  switch (name[0]) {
    case "@":
      return of([target]);
    case "<":
      return of(prerequisites.slice(0, 1));
    case "^":
      return of([...new Set(prerequisites)]);
    case "*":
      return stem === undefined ? UNKNOWN_VALUE : of([stem]);
    default:
      return UNKNOWN_VALUE;
  }
}

/** What `%` of a pattern stands for in a word; undefined where it does not match. */
export function stemOf(word: string, pattern: string): string | undefined {
  const at = pattern.indexOf("%");
  if (at < 0) return word === pattern ? "" : undefined;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const fits = word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after);
  return fits ? word.slice(before.length, word.length - after.length) : undefined;
}

function substituted(word: string, from: string, to: string): string {
  const stem = stemOf(word, from);
  return stem === undefined ? word : to.replace("%", () => stem);
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

function each(text: string, make: (word: string) => string): string {
  return text.includes(UNKNOWN_VALUE) ? UNKNOWN_VALUE : words(text).map(make).join(" ");
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(" || text[at] === "{") depth++;
    else if ((text[at] === ")" || text[at] === "}") && --depth === 0) return at;
  }
  return -1;
}

/** The arguments of a function; commas within brackets are the inner one's. */
function commas(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const ch of text) {
    if (ch === "(" || ch === "{") depth++;
    else if (ch === ")" || ch === "}") depth--;
    if (ch === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += ch;
  }
  return parts;
}

/** The files of a folder that a pattern matches, by paths as the pattern writes them. */
export function matching(files: Iterable<string>, folder: string, pattern: string): readonly string[] {
  const below = folder === "" ? "" : `${folder}/`;
  const wanted = posix.normalize(pattern);
  return [...files]
    .flatMap((path) => {
      const name = path.startsWith(below) ? path.slice(below.length) : undefined;
      return name !== undefined && matchesPattern(wanted, name) ? [pattern.startsWith("./") ? `./${name}` : name] : [];
    })
    .sort();
}
