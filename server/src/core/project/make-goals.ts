import { type Fact, known, unknown } from "../text/fact";
import { Expansion, UNKNOWN_VALUE } from "./make-expansion";
import { implicitRule } from "./make-rules";
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
  /** The files beside the Makefile that a pattern matches; undefined where that cannot be told. */
  readonly matching?: (pattern: string) => readonly string[] | undefined;
}

/** Targets that need more targets than this are not followed, nor goals that come to more lines. */
const MAX_STEPS = 200;
const MAX_LINES = 200;

/** The lines that a call of make hands to the shell, in their order; unknown, with the reason, where that cannot be told. */
export function goalLines(makefile: Makefile, call: MakeCall): Fact<readonly string[]> {
  const goals = call.goals.length > 0 ? call.goals : makefile.defaultGoal ? [makefile.defaultGoal] : [];
  if (goals.length === 0) return unknown("it has no targets");
  const builder = new Builder(makefile, call);
  for (const goal of goals) {
    const why = builder.build(goal, true);
    if (why) return unknown(why);
  }
  return known(builder.lines);
}

class Builder {
  readonly lines: string[] = [];
  private readonly done = new Set<string>();
  private readonly expansion: Expansion;
  private readonly rules: Makefile["rules"];
  private steps = 0;

  constructor(
    private readonly makefile: Makefile,
    private readonly call: MakeCall,
  ) {
    this.expansion = new Expansion(makefile, call);
    // `$(BIN): $(OBJ)` is a rule of what the variable names.
    this.rules = new Map(
      [...makefile.rules].flatMap(([name, rule]) =>
        name.includes("$") ? this.wordsOf(name).map((each) => [each, rule] as const) : [[name, rule] as const],
      ),
    );
  }

  /** Why a target cannot be told; undefined where its lines are among the others. */
  build(target: string, asked: boolean): string | undefined {
    if (target.includes("$")) return this.all(this.wordsOf(target), asked);
    if (this.done.has(target)) return undefined;
    this.done.add(target);
    if (++this.steps > MAX_STEPS) return "it has too many steps";
    const { call, makefile } = this;
    const rule = this.rules.get(target);
    if (!makefile.phony.has(target) && call.exists(target)) {
      return rule && rule.recipe.length > 0 ? `${target} is there already, so that make may do nothing` : undefined;
    }
    const needed = rule ? this.expansion.of(rule.prerequisites.join(" "), { target, prerequisites: [] }) : "";
    if (needed.includes(UNKNOWN_VALUE)) return `what ${target} needs is not known`;
    const own = needed.split(/\s+/).filter(Boolean);
    const implicit =
      rule?.recipe.length || makefile.phony.has(target)
        ? undefined
        : implicitRule({ ...makefile, rules: this.rules }, target, own, call.exists);
    if (!rule && !implicit) return asked ? `it has no target ${target}` : `what makes ${target} is not seen`;
    const prerequisites = [...(implicit?.prerequisites ?? []).flatMap((each) => this.wordsOf(each)), ...own];
    const why = this.all([...prerequisites, ...(rule?.orderOnly ?? [])], false);
    if (why) return why;
    const automatic = { target, prerequisites, ...(implicit?.stem === undefined ? {} : { stem: implicit.stem }) };
    for (const line of implicit?.recipe ?? rule?.recipe ?? [])
      if (line !== "") this.lines.push(this.expansion.of(line, automatic));
    return this.lines.length > MAX_LINES ? "it has too many lines" : undefined;
  }

  private all(targets: readonly string[], asked: boolean): string | undefined {
    for (const each of targets) {
      const why = this.build(each, asked);
      if (why) return why;
    }
    return undefined;
  }

  private wordsOf(text: string): readonly string[] {
    return this.expansion.of(text).split(/\s+/).filter(Boolean);
  }
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
