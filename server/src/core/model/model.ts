import { properties, words } from "../syntax/ast";
import { type Flag, flagOf, type Instruction, type Syntax, type Token } from "../syntax/instruction";
import { expandWord, type Lookup, lookupOf, writtenValue } from "./expand";
import { isPlatformArg } from "./platform-args";
import { type Known, Scope, type Start } from "./scope";

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
    };
    fillScope(syntax, stage, globals);
    stages.push(stage);
    if (name) byName.set(name.text.toLowerCase(), stage);
  }
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

/** What FROM lines see: the ARGs before the first FROM with their defaults, and nothing else. */
function globalArgs(syntax: Syntax, before: readonly Instruction[]): ReadonlyMap<string, Known> {
  const values = new Map<string, Known>();
  for (const instruction of before.filter(({ keyword }) => keyword === "ARG")) {
    for (const { name, value } of properties(instruction)) {
      const known = value && expandWord(value.text, globalLookup(values), syntax.escape);
      if (value || !values.has(name.text)) values.set(name.text, known);
    }
  }
  return values;
}

/** Of an ARG without a default, and of the platform, nothing is known; what is not declared is not set. */
function globalLookup(globals: ReadonlyMap<string, Known>): Lookup {
  return lookupOf((name) => (globals.has(name) || isPlatformArg(name) ? globals.get(name) : null));
}

function baseOf(
  token: Token | undefined,
  globals: ReadonlyMap<string, Known>,
  syntax: Syntax,
  byName: ReadonlyMap<string, Stage>,
): Base {
  const reference = token && expandWord(token.text, globalLookup(globals), syntax.escape);
  if (!token || !reference) return { kind: "unknown", token };
  const stage = byName.get(reference.toLowerCase());
  if (stage) return { kind: "stage", stage, token };
  return reference === "scratch" ? { kind: "scratch", token } : { kind: "image", reference, token };
}

/** BuildKit gives an empty image a PATH, and nothing else. */
function ofScratch(name: string): Known {
  return name === "PATH" ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" : null;
}

function startOf(base: Base, configOf: (reference: string) => BaseConfig | undefined): Start {
  const unknown = (): undefined => undefined;
  switch (base.kind) {
    case "stage":
      return base.stage.scope.end(base.stage.instructions.length);
    case "scratch":
      return { workdir: "/", user: "", variable: ofScratch, environment: ofScratch, depth: 0 };
    case "image": {
      const config = configOf(base.reference);
      return { workdir: config?.workdir, user: config?.user, variable: unknown, environment: unknown, depth: 0 };
    }
    case "unknown":
      return { workdir: undefined, user: undefined, variable: unknown, environment: unknown, depth: 0 };
  }
}

function fillScope(syntax: Syntax, stage: Stage, globals: ReadonlyMap<string, Known>): void {
  const { scope, instructions } = stage;
  const expand = (raw: string, at: number) => bounded(expandAt(stage, at, raw, syntax.escape));
  for (let at = 0; at < instructions.length; at++) {
    const { keyword, reading } = instructions[at] as Instruction;
    if (keyword === "ENV")
      for (const { name, value } of properties(reading))
        scope.setVariable("ENV", expand(name.text, at) ?? name.text, expand(value?.text ?? "", at), at);
    else if (keyword === "ARG")
      // Each sees those before it, on the same line too.
      for (const { name, value } of properties(reading)) {
        const known = value ? expand(value.text, at + 1) : (globals.get(name.text) ?? undefined);
        scope.setVariable("ARG", name.text, known, at);
      }
    else if (keyword === "WORKDIR") scope.setWorkdir(expand(reading.body, at), at);
    else if (keyword === "USER") scope.setUser(expand(reading.body, at), at);
  }
}

/** `ENV A=$A:$A` doubles with every line; a value that long is no longer followed. */
const MAX_VALUE = 4096;

function bounded(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= MAX_VALUE ? value : undefined;
}

/** A word as the instruction at a place of the stage sees it; undefined where a variable of it is unknown. */
export function expandAt(stage: Stage, at: number, raw: string, escape: string): string | undefined {
  return writtenValue(raw) ?? expandWord(raw, lookupAt(stage, at), escape);
}

/** Variables as the instruction at a place of the stage sees them. */
export function lookupAt(stage: Stage, at: number): Lookup {
  return lookupOf((name) => stage.scope.variable(name, at));
}
