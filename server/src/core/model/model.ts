import { properties, words } from "../syntax/ast";
import { type Flag, flagOf, type Instruction, type Syntax, type Token } from "../syntax/instruction";
import { expandWord, type Lookup } from "./expand";
import { Scope, type Start } from "./scope";

/** What a stage stands on. */
export type Base =
  | { readonly kind: "image"; readonly reference: string; readonly token: Token }
  | { readonly kind: "stage"; readonly stage: Stage; readonly token: Token }
  | { readonly kind: "scratch"; readonly token: Token }
  /** A variable that has no default, or a FROM without a word. */
  | { readonly kind: "unknown"; readonly token: Token | undefined };

export interface Stage {
  readonly index: number;
  readonly from: Instruction;
  /** The author's name for it. */
  readonly name: Token | undefined;
  readonly base: Base;
  readonly platform: Flag | undefined;
  /** What follows the FROM, in order. `scope` counts them from 0. */
  readonly instructions: readonly Instruction[];
  readonly scope: Scope;
  /** Its layers reach the image that a plain `docker build` makes. */
  readonly shipped: boolean;
}

export interface Model {
  readonly syntax: Syntax;
  readonly stages: readonly Stage[];
  /** The last stage: what a plain `docker build` makes. */
  readonly final: Stage | undefined;
}

/** What the config of a base image gives to a stage; what is undefined is unknown. */
export interface BaseConfig {
  readonly workdir: string | undefined;
  readonly user: string | undefined;
}

/** The stages of a file, their bases, scopes and what ships. `configOf` tells what is known of a base image. */
export function buildModel(syntax: Syntax, configOf: (reference: string) => BaseConfig | undefined): Model {
  const groups = groupStages(syntax.instructions);
  const globals = globalArgs(syntax, groups.before);
  const stages: MutableStage[] = [];
  const byName = new Map<string, MutableStage>();
  for (const { from, instructions } of groups.stages) {
    const [reference, , name] = words(from);
    const base = baseOf(reference, globals, syntax, byName);
    const scope = new Scope(startOf(base, configOf));
    const stage = {
      index: stages.length,
      from,
      name,
      base,
      platform: flagOf(from, "platform"),
      instructions,
      scope,
      shipped: false,
    };
    fillScope(syntax, stage, globals);
    stages.push(stage);
    if (name) byName.set(name.text.toLowerCase(), stage);
  }
  for (
    let stage = stages.at(-1);
    stage;
    stage = stage.base.kind === "stage" ? (stage.base.stage as MutableStage) : undefined
  )
    stage.shipped = true;
  return { syntax, stages, final: stages.at(-1) };
}

type MutableStage = { -readonly [K in keyof Stage]: Stage[K] };

interface Groups {
  readonly before: readonly Instruction[];
  readonly stages: readonly { readonly from: Instruction; readonly instructions: readonly Instruction[] }[];
}

function groupStages(instructions: readonly Instruction[]): Groups {
  const before: Instruction[] = [];
  const stages: { from: Instruction; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === "FROM") stages.push({ from: instruction, instructions: [] });
    else (stages.at(-1)?.instructions ?? before).push(instruction);
  }
  return { before, stages };
}

/** ARGs before the first FROM, with their defaults; FROM lines see these alone. */
function globalArgs(syntax: Syntax, before: readonly Instruction[]): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const instruction of before.filter(({ keyword }) => keyword === "ARG")) {
    for (const { name, value } of properties(instruction)) {
      values.set(name.text, value && expandWord(value.text, (other) => values.get(other), syntax.escape));
    }
  }
  return values;
}

function baseOf(
  token: Token | undefined,
  globals: ReadonlyMap<string, string | undefined>,
  syntax: Syntax,
  byName: ReadonlyMap<string, Stage>,
): Base {
  const reference = token && expandWord(token.text, (name) => globals.get(name), syntax.escape);
  if (!token || !reference) return { kind: "unknown", token };
  const stage = byName.get(reference.toLowerCase());
  if (stage) return { kind: "stage", stage, token };
  return reference === "scratch" ? { kind: "scratch", token } : { kind: "image", reference, token };
}

function startOf(base: Base, configOf: (reference: string) => BaseConfig | undefined): Start {
  const unknown = (): undefined => undefined;
  switch (base.kind) {
    case "stage":
      return base.stage.scope.end(base.stage.instructions.length);
    case "scratch":
      return { workdir: "/", user: "", variable: () => "", depth: 0 };
    case "image": {
      const config = configOf(base.reference);
      return { workdir: config?.workdir, user: config?.user, variable: unknown, depth: 0 };
    }
    case "unknown":
      return { workdir: undefined, user: undefined, variable: unknown, depth: 0 };
  }
}

function fillScope(syntax: Syntax, stage: Stage, globals: ReadonlyMap<string, string | undefined>): void {
  stage.instructions.forEach((instruction, at) => {
    const lookup = lookupAt(stage, at);
    const expand = (raw: string) => bounded(expandWord(raw, lookup, syntax.escape));
    switch (instruction.keyword) {
      case "ENV":
        for (const { name, value } of properties(instruction))
          stage.scope.setVariable(name.text, expand(value?.text ?? ""), at);
        return;
      case "ARG":
        for (const { name, value } of properties(instruction)) {
          stage.scope.setVariable(name.text, value ? expand(value.text) : globals.get(name.text), at);
        }
        return;
      case "WORKDIR":
        stage.scope.setWorkdir(expand(instruction.body), at);
        return;
      case "USER":
        stage.scope.setUser(expand(instruction.body), at);
        return;
      default:
    }
  });
}

/** `ENV A=$A:$A` doubles with every line; a value that long is no longer followed. */
const MAX_VALUE = 4096;

function bounded(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= MAX_VALUE ? value : undefined;
}

/** Variables as the instruction at a place of the stage sees them. */
export function lookupAt(stage: Stage, at: number): Lookup {
  return (name) => stage.scope.variable(name, at);
}
