import { type Fact, known, unknown } from "../text/fact";

/** A Makefile of targets, recipes and plain variables (GNU make manual, "Writing Makefiles"). */
export interface Makefile {
  readonly variables: ReadonlyMap<string, MakeVariable>;
  readonly rules: ReadonlyMap<string, MakeRule>;
  /** What `make` alone builds. */
  readonly defaultGoal: string | undefined;
  /** Targets that are no files. */
  readonly phony: ReadonlySet<string>;
  /** Variables that its commands see. */
  readonly exported: ReadonlySet<string>;
}

export interface MakeVariable {
  readonly value: string;
  /** `?=`: the environment goes before it. */
  readonly isDefault: boolean;
}

export interface MakeRule {
  readonly prerequisites: readonly string[];
  /** What has to be there before, and is no part of what it is made of: behind `|`. */
  readonly orderOnly: readonly string[];
  /** The lines of its recipe, each for a shell of its own. */
  readonly recipe: readonly string[];
}

/** A person writes shorter ones. */
const MAX_LINES = 5_000;
/** And lists fewer targets, each with fewer prerequisites and lines. */
const MAX_PARTS = 50_000;

/** Reads a Makefile; unknown, with the reason, where it holds what is not followed. Linear. */
export function readMakefile(text: string): Fact<Makefile> {
  const lines = text
    .replaceAll("\r\n", "\n")
    .replace(/\\\n[ \t]*/g, " ")
    .split("\n");
  if (lines.length > MAX_LINES) return unknown("it is too long");
  const reader = new Reader();
  for (const line of lines) {
    const why = reader.line(line);
    if (why) return unknown(why);
  }
  return known(reader.result());
}

const CONDITIONAL = /^(?:ifeq|ifneq|ifdef|ifndef|else|endif)\b/;
const ASSIGNMENT = /^(?:(export|override)[ \t]+)?([\w.]+)[ \t]*(\?|\+|::?)?=[ \t]*(.*)$/;

class Reader {
  private readonly variables = new Map<string, MakeVariable>();
  private readonly rules = new Map<string, { prerequisites: string[]; orderOnly: string[]; recipe: string[] }>();
  private readonly phony = new Set<string>();
  private readonly exported = new Set<string>();
  private current: { prerequisites: string[]; recipe: string[] }[] = [];
  private parts = 0;

  /** Why the line, and so the file, is not followed; undefined where it is. */
  line(raw: string): string | undefined {
    if (raw.startsWith("\t")) {
      for (const rule of this.current) rule.recipe.push(raw.slice(1).trim());
      return this.counted(this.current.length);
    }
    const line = raw.replace(/#.*$/s, "").trim();
    if (line === "") return undefined;
    if (CONDITIONAL.test(line)) return "it has conditions";
    if (/^-?(?:include|sinclude)\b/.test(line)) return "it includes other files";
    if (/^define\b|^\$\(|^\.(?:ONESHELL|SHELLFLAGS)\b/.test(line)) return `it has \`${line.slice(0, 30)}\``;
    if (this.assignment(line)) return undefined;
    if (this.exports(line)) return this.counted(this.exported.size);
    return line === "export" ? "it exports all its variables" : this.rule(line);
  }

  private assignment(line: string): boolean {
    const [, modifier, name = "", operator, value = ""] = ASSIGNMENT.exec(line) ?? [];
    if (name === "") return false;
    const before = this.variables.get(name);
    if (modifier === "export") this.exported.add(name);
    if (operator === "+")
      this.variables.set(name, { value: before?.value ? `${before.value} ${value}` : value, isDefault: false });
    else if (operator !== "?" || !before) this.variables.set(name, { value, isDefault: operator === "?" });
    return true;
  }

  /** `export A B`. */
  private exports(line: string): boolean {
    const names = /^export[ \t]+([\w \t]+)$/.exec(line)?.[1];
    for (const name of names?.split(/\s+/) ?? []) this.exported.add(name);
    return names !== undefined;
  }

  private rule(line: string): string | undefined {
    const [, targets = "", rest = ""] = /^([^:=]+)::?(?!=)(.*)$/.exec(line) ?? [];
    if (targets === "") return `the line \`${line.slice(0, 40)}\` is not understood`;
    if (/^[ \t]*[\w.]+[ \t]*[:+?]?=/.test(rest)) return `${targets} has variables of its own`;
    const [names = "", inline] = rest.split(";", 2);
    const [before = "", behind = ""] = names.split("|", 2);
    const prerequisites = before.split(/\s+/).filter(Boolean);
    const first = behind.split(/\s+/).filter(Boolean);
    const made = targets.split(/\s+/).filter(Boolean);
    const long = this.counted(made.length * (prerequisites.length + first.length + 1));
    if (long) return long;
    this.current = [];
    for (const target of made) {
      if (target === ".PHONY") for (const each of prerequisites) this.phony.add(each);
      const rule = this.rules.get(target) ?? { prerequisites: [], orderOnly: [], recipe: [] };
      for (const each of prerequisites) rule.prerequisites.push(each);
      for (const each of first) rule.orderOnly.push(each);
      if (inline?.trim()) rule.recipe.push(inline.trim());
      this.rules.set(target, rule);
      this.current.push(rule);
    }
    return undefined;
  }

  private counted(parts: number): string | undefined {
    this.parts += parts;
    return this.parts > MAX_PARTS ? "it is too long" : undefined;
  }

  result(): Makefile {
    const { variables, rules, phony, exported } = this;
    const named = variables.get(".DEFAULT_GOAL")?.value;
    const defaultGoal = named ?? [...rules.keys()].find((target) => !target.startsWith(".") && !target.includes("%"));
    return { variables, rules, defaultGoal, phony, exported };
  }
}
