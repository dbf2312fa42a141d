import type { Model, Stage } from "../model/model";
import { properties } from "../syntax/ast";
import type { Instruction, Token } from "../syntax/instruction";
import type { Read } from "./reads";

/** An ARG or ENV of one variable. */
export interface Declaration {
  readonly kind: "arg" | "env";
  /** The name and its place. */
  readonly name: Token;
  /** The default of an ARG, the value of an ENV. */
  readonly value: Token | undefined;
  /** Undefined for the ARGs before the first FROM. */
  readonly stage: Stage | undefined;
  readonly instruction: Instruction;
}

/** What shells and BuildKit take as the name of a variable. */
export function isVariableName(text: string): boolean {
  return /^[a-zA-Z_]\w*$/.test(text);
}

/** A longer chain of stages was written by no person; what stands deeper is not looked for. */
const MAX_DEPTH = 64;

/** The variables that a file declares, and which declaration each reader of one sees. */
export class Declarations {
  private readonly byPlace = new Map<Stage | undefined, Map<string, Declaration[]>>();
  private readonly byInstruction = new Map<Instruction, Declaration[]>();

  constructor({ syntax, stages }: Model) {
    const first = stages[0]?.from.span.start ?? Number.POSITIVE_INFINITY;
    const globals = syntax.instructions.filter(({ keyword, span }) => keyword === "ARG" && span.start < first);
    for (const instruction of globals) this.read(instruction, undefined);
    for (const stage of stages) for (const instruction of stage.instructions) this.read(instruction, stage);
  }

  /** The ARGs before the first FROM, in document order. */
  get globals(): readonly Declaration[] {
    return [...(this.byPlace.get(undefined)?.values() ?? [])]
      .flat()
      .sort((a, b) => a.name.span.start - b.name.span.start);
  }

  /** What an ARG or ENV declares. */
  of(instruction: Instruction): readonly Declaration[] {
    return this.byInstruction.get(instruction) ?? [];
  }

  /** What an instruction reads; undefined where the file does not declare it in reach. */
  seenBy(read: Read, instruction: Instruction, stage: Stage | undefined): Declaration | undefined {
    if (instruction.keyword === "FROM") return this.global(read.name);
    if (!stage || read.by !== "container")
      return this.find(read.name, stage, read.span.start, (each) => isBefore(each, read, instruction));
    // The container has what ENV has set in the end, and no ARG.
    return this.find(read.name, stage, Number.POSITIVE_INFINITY, ({ kind }) => kind === "env");
  }

  /** The ARG before the first FROM, the last one where there are several. */
  global(name: string): Declaration | undefined {
    return this.byPlace.get(undefined)?.get(name)?.at(-1);
  }

  /** Where the value of a declaration is written: for `ARG X` of a stage the ARG before the first FROM, if there is one. */
  origin(declaration: Declaration): Declaration {
    const { kind, stage, value, name } = declaration;
    return (kind === "arg" && stage && !value && this.global(name.text)) || declaration;
  }

  /** The one in force in front of an offset of a stage. */
  before(name: string, stage: Stage, offset: number): Declaration | undefined {
    return this.find(name, stage, offset, () => true);
  }

  /** A stage sees the ENVs of those that it stands on before their ARGs (see Scope.end). */
  private find(
    name: string,
    stage: Stage | undefined,
    offset: number,
    suits: (each: Declaration) => boolean,
  ): Declaration | undefined {
    const own = lastBefore(this.byPlace.get(stage)?.get(name) ?? [], offset, suits);
    if (own || stage?.base.kind !== "stage") return own;
    const below = stage.base.stage;
    return (
      this.findBelow(name, below, (each) => each.kind === "env" && suits(each)) ?? this.findBelow(name, below, suits)
    );
  }

  private findBelow(name: string, from: Stage, suits: (each: Declaration) => boolean): Declaration | undefined {
    let stage: Stage | undefined = from;
    for (let depth = 0; stage && depth < MAX_DEPTH; depth++) {
      const found = this.byPlace.get(stage)?.get(name)?.findLast(suits);
      if (found) return found;
      stage = stage.base.kind === "stage" ? stage.base.stage : undefined;
    }
    return undefined;
  }

  private read(instruction: Instruction, stage: Stage | undefined): void {
    const { keyword } = instruction;
    if (keyword !== "ARG" && keyword !== "ENV") return;
    const kind = keyword === "ARG" ? "arg" : "env";
    const names = this.byPlace.get(stage) ?? new Map<string, Declaration[]>();
    this.byPlace.set(stage, names);
    for (const { name, value } of properties(instruction)) {
      if (!isVariableName(name.text)) continue;
      const declaration = { kind, name, value, stage, instruction } as const;
      append(names, name.text, declaration);
      append(this.byInstruction, instruction, declaration);
    }
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const others = map.get(key);
  if (others) others.push(value);
  else map.set(key, [value]);
}

/** The last one in front of an offset that suits; they ascend, and few in a row do not suit. */
function lastBefore(
  all: readonly Declaration[],
  offset: number,
  suits: (each: Declaration) => boolean,
): Declaration | undefined {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Declaration).name.span.start < offset) low = middle + 1;
    else high = middle;
  }
  let at = low - 1;
  while (at >= 0 && !suits(all[at] as Declaration)) at--;
  return all[at];
}

/**
 * In one ARG the second variable sees the first, in one ENV it does not (dockerfile2llb, dispatchArg and dispatch); a default
 * such as that of `ARG A=$A` does not see its own variable.
 */
function isBefore({ kind, name, value, instruction }: Declaration, read: Read, reader: Instruction): boolean {
  if (instruction !== reader) return instruction.span.start < reader.span.start;
  return kind === "arg" && (value ?? name).span.end <= read.span.start;
}
