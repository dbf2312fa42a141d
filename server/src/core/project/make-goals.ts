import { type Fact, known, unknown } from "../text/fact";
import type { Makefile } from "./makefile";

/** What a call of make asks for. */
export interface MakeCall {
  readonly goals: readonly string[];
  /** `NAME=value` of the command line, which goes before the Makefile. */
  readonly given: ReadonlyMap<string, string>;
  /** The environment: undefined where a variable is not known, "" where it is surely unset. */
  readonly environment: (name: string) => string | undefined;
  /** A file or folder of that name stands beside the Makefile: a target that is no file is then up to date. */
  readonly exists: (path: string) => boolean;
}

/** What the shell sees in the place of a value that is not known: no program sets it. */
export const UNKNOWN_VALUE = "${__unknown_to_make__}";

/** Targets that need more targets than this are not followed, nor goals that come to more lines. */
const MAX_STEPS = 200;
const MAX_LINES = 200;
const MAX_DEPTH = 16;
/** So many variables are replaced for one call of make, in texts of so many characters: `$(A)$(A)` doubles with each. */
const MAX_EXPANSIONS = 2_000;
const MAX_TEXT = 4096;

/** The lines that a call of make hands to the shell, in their order; unknown, with the reason, where that cannot be told. */
export function goalLines(makefile: Makefile, call: MakeCall): Fact<readonly string[]> {
  const lines: string[] = [];
  const done = new Set<string>();
  const expansion = new Expansion(makefile, call);
  let steps = 0;
  const build = (target: string, asked: boolean): string | undefined => {
    if (done.has(target)) return undefined;
    done.add(target);
    if (++steps > MAX_STEPS) return "it has too many steps";
    const rule = makefile.rules.get(target);
    if (!rule)
      return asked
        ? `it has no target ${target}`
        : call.exists(target)
          ? undefined
          : `what makes ${target} is not seen`;
    if (!makefile.phony.has(target) && call.exists(target))
      return `${target} is there already, so that make may do nothing`;
    const needed = expansion.of(rule.prerequisites.join(" "));
    if (needed.includes(UNKNOWN_VALUE)) return `what ${target} needs is not known`;
    const prerequisites = needed.split(/\s+/).filter(Boolean);
    for (const each of prerequisites) {
      const why = build(each, false);
      if (why) return why;
    }
    for (const line of rule.recipe) if (line !== "") lines.push(expansion.of(line, target, prerequisites));
    if (lines.length > MAX_LINES) return "it has too many lines";
    return undefined;
  };
  const goals = call.goals.length > 0 ? call.goals : makefile.defaultGoal ? [makefile.defaultGoal] : [];
  if (goals.length === 0) return unknown("it has no targets");
  for (const goal of goals) {
    const why = build(goal, true);
    if (why) return unknown(why);
  }
  return known(lines);
}

/** The variables that the commands of a Makefile see beside the environment. */
export function exportedValues(makefile: Makefile, call: MakeCall): ReadonlyMap<string, string | undefined> {
  const names = [...makefile.exported, ...call.given.keys()];
  const expansion = new Expansion(makefile, call);
  return new Map(
    names.map((name) => {
      const value = expansion.of(`$(${name})`);
      return [name, value.includes(UNKNOWN_VALUE) ? undefined : value];
    }),
  );
}

/** Replaces variables; what is not known, or comes to too much, is UNKNOWN_VALUE. */
class Expansion {
  private left = MAX_EXPANSIONS;

  constructor(
    private readonly makefile: Makefile,
    private readonly call: MakeCall,
  ) {}

  of(text: string, target = "", prerequisites: readonly string[] = [], depth = 0): string {
    if (!text.includes("$")) return text;
    if (depth > MAX_DEPTH || this.left <= 0 || text.length > MAX_TEXT) return UNKNOWN_VALUE;
    const value = text.replace(
      /\$(?:\$|[@<^]|\(([^()]*)\)|\{([^{}]*)\}|\([^)]*\)+|.)/g,
      (whole, round?: string, curly?: string) => {
        if (this.left-- <= 0) return "";
        if (whole === "$$") return "$";
        if (whole === "$@") return target;
        if (whole === "$<") return prerequisites[0] ?? "";
        if (whole === "$^") return prerequisites.join(" ");
        return this.variable(round ?? curly, target, prerequisites, depth);
      },
    );
    return this.left < 0 || value.length > MAX_TEXT ? UNKNOWN_VALUE : value;
  }

  private variable(name: string | undefined, target: string, prerequisites: readonly string[], depth: number): string {
    const { makefile, call } = this;
    if (name === undefined || !/^[\w.]+$/.test(name)) return UNKNOWN_VALUE;
    if (name === "MAKE") return "make";
    const given = call.given.get(name);
    if (given !== undefined) return given;
    const variable = makefile.variables.get(name);
    const outer = call.environment(name);
    if (variable && (!variable.isDefault || !outer)) return this.of(variable.value, target, prerequisites, depth + 1);
    return outer ?? UNKNOWN_VALUE;
  }
}
