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

/** Targets that need more targets than this are not followed. */
const MAX_STEPS = 200;
const MAX_DEPTH = 16;

/** The lines that a call of make hands to the shell, in their order; unknown, with the reason, where that cannot be told. */
export function goalLines(makefile: Makefile, call: MakeCall): Fact<readonly string[]> {
  const lines: string[] = [];
  const done = new Set<string>();
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
    const needed = expand(rule.prerequisites.join(" "), makefile, call, "", []);
    if (needed.includes(UNKNOWN_VALUE)) return `what ${target} needs is not known`;
    const prerequisites = needed.split(/\s+/).filter(Boolean);
    for (const each of prerequisites) {
      const why = build(each, false);
      if (why) return why;
    }
    lines.push(...rule.recipe.filter(Boolean).map((line) => expand(line, makefile, call, target, prerequisites)));
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
  return new Map(
    names.map((name) => {
      const value = expand(`$(${name})`, makefile, call, "", []);
      return [name, value.includes(UNKNOWN_VALUE) ? undefined : value];
    }),
  );
}

function expand(
  text: string,
  makefile: Makefile,
  call: MakeCall,
  target: string,
  prerequisites: readonly string[],
  depth = 0,
): string {
  if (depth > MAX_DEPTH) return UNKNOWN_VALUE;
  return text.replace(
    /\$(?:\$|[@<^]|\(([^()]*)\)|\{([^{}]*)\}|\([^)]*\)+|.)/g,
    (whole, round?: string, curly?: string) => {
      if (whole === "$$") return "$";
      if (whole === "$@") return target;
      if (whole === "$<") return prerequisites[0] ?? "";
      if (whole === "$^") return prerequisites.join(" ");
      const name = round ?? curly;
      if (name === undefined || !/^[\w.]+$/.test(name)) return UNKNOWN_VALUE;
      if (name === "MAKE") return "make";
      const given = call.given.get(name);
      if (given !== undefined) return given;
      const variable = makefile.variables.get(name);
      const outer = call.environment(name);
      if (variable && (!variable.isDefault || !outer))
        return expand(variable.value, makefile, call, target, prerequisites, depth + 1);
      return outer ?? UNKNOWN_VALUE;
    },
  );
}
