import { expandWord } from "../model/expand";
import { lineage } from "../model/image-config";
import type { Model, Stage } from "../model/model";
import type { Span } from "../text/span";
import type { Declaration } from "./declarations";
import { type Names, namesOf } from "./names";
import { isPlatformArg, predefinedMeaning } from "./predefined";
import type { Undeclared } from "./variables";

/** What is known of the name at a place. */
export type NameFacts = { readonly span: Span; readonly name: string } & (
  | { readonly kind: "stage"; readonly stage: Stage }
  | {
      readonly kind: "variable";
      readonly declaration: Declaration;
      /** Where the value is written: for a stage's `ARG X` perhaps the ARG before the first FROM. */
      readonly origin: Declaration;
      /** As this place sees it without any `--build-arg`; undefined where it is not known. */
      readonly value: string | undefined;
    }
  | {
      readonly kind: "undeclared";
      readonly why: Absence;
      /** The ARG that is out of reach. */
      readonly hidden: Declaration | undefined;
    }
) & {
    /** What BuildKit's own ARG of that name says. */
    readonly meaning: string | undefined;
  };

/**
 * Why a variable has no declaration in reach: BuildKit sets it · BuildKit would, if the stage asked · FROM sees other ARGs
 * alone · the ARG stands before the first FROM · an ARG is gone when the container runs · the container or its base may have
 * it · the base image may have it · nobody sets it.
 */
export type Absence =
  | "predefined"
  | "not-asked-for"
  | "from"
  | "before-from"
  | "arg-is-gone"
  | "run"
  | "base"
  | "nowhere";

/** What is known of the stage or variable that an offset stands at. */
export function aboutName(model: Model, offset: number): NameFacts | undefined {
  const names = namesOf(model);
  const found = names.at(offset);
  if (!found) {
    const absent = names.undeclaredAt(offset);
    return absent && aboutUndeclared(names, absent);
  }
  const { span, subject } = found;
  if (subject.kind === "stage") {
    const { stage } = subject;
    return { kind: "stage", span, name: stage.name?.text ?? `${stage.index}`, stage, meaning: undefined };
  }
  const { declaration } = subject;
  const name = declaration.name.text;
  const origin = names.variables.declarations.origin(declaration);
  const value = valueAt(model, names, declaration, span);
  const meaning = declaration.kind === "arg" ? predefinedMeaning(name) : undefined;
  return { kind: "variable", span, name, declaration, origin, value, meaning };
}

function valueAt(model: Model, names: Names, declaration: Declaration, { start }: Span): string | undefined {
  const { stage, name, instruction } = declaration;
  const reader = names.instructionAt(start);
  const place = reader && names.placeOf(reader);
  if (!stage || !place?.stage) return globalValues(model, names).get(declaration);
  // What the same ARG or ENV has just set is seen behind it.
  const at = isRun(reader?.keyword) ? place.stage.instructions.length : place.at + (reader === instruction ? 1 : 0);
  const value = place.stage.scope.variable(name.text, at);
  return value === null ? "" : value;
}

/** The container sees what the stage has in the end. */
function isRun(keyword: string | undefined): boolean {
  return keyword === "CMD" || keyword === "ENTRYPOINT" || keyword === "HEALTHCHECK";
}

/** The ARGs before the first FROM, each of which sees those before it. */
function globalValues({ syntax }: Model, names: Names): ReadonlyMap<Declaration, string | undefined> {
  const values = new Map<Declaration, string | undefined>();
  const latest = new Map<string, string | undefined>();
  for (const declaration of names.variables.declarations.globals) {
    const { name, value } = declaration;
    const expanded = value && expandWord(value.text, (other) => latest.get(other), syntax.escape);
    values.set(declaration, expanded);
    latest.set(name.text, expanded);
  }
  return values;
}

function aboutUndeclared({ variables }: Names, absent: Undeclared): NameFacts {
  const { name, span, by, stage, inFrom } = absent;
  const { declarations } = variables;
  const own = stage && !inFrom ? declarations.before(name, stage, Number.POSITIVE_INFINITY) : undefined;
  const hidden = by === "container" ? own : declarations.global(name);
  const meaning = predefinedMeaning(name);
  return { kind: "undeclared", span, name, hidden, meaning, why: whyAbsent(absent, hidden, meaning) };
}

function whyAbsent(
  { name, by, stage, inFrom }: Undeclared,
  hidden: Declaration | undefined,
  meaning: string | undefined,
): Absence {
  if (by === "container") return hidden ? "arg-is-gone" : "run";
  if (meaning !== undefined && (inFrom || !isPlatformArg(name))) return "predefined";
  if (inFrom || !stage) return "from";
  if (hidden) return "before-from";
  if (meaning !== undefined) return "not-asked-for";
  return lineage(stage)[0]?.base.kind === "scratch" ? "nowhere" : "base";
}
