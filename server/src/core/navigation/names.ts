import type { Model, Stage } from "../model/model";
import type { Instruction } from "../syntax/instruction";
import type { Span } from "../text/span";
import type { Occurrence, Subject } from "./occurrence";
import { StageNames } from "./stages";
import { type Place, type Undeclared, VariableNames } from "./variables";

const known = new WeakMap<Model, Names>();

/** The names of a file. They are looked for when they are first asked for. */
export function namesOf(model: Model): Names {
  const names = known.get(model) ?? new Names(model);
  known.set(model, names);
  return names;
}

/** Which name stands where, what it means, and who else uses it. */
export class Names {
  readonly stages: StageNames;
  readonly variables: VariableNames;

  constructor(private readonly model: Model) {
    this.stages = new StageNames(model);
    this.variables = new VariableNames(model);
  }

  /** The name that an offset stands in, or at the end of. */
  at(offset: number): Occurrence | undefined {
    const instruction = this.instructionAt(offset);
    return instruction && touched(this.in(instruction), offset);
  }

  /** The same for a variable that the file does not declare in reach. */
  undeclaredAt(offset: number): Undeclared | undefined {
    const instruction = this.instructionAt(offset);
    return instruction && touched(this.variables.undeclaredIn(instruction, this.placeOf(instruction)), offset);
  }

  /** Where that is defined which stands at a name. A stage's `ARG X` leads on to the ARG before the first FROM. */
  definition({ subject, role }: Occurrence): Span {
    if (subject.kind === "stage") return headOf(subject.stage);
    const { declaration } = subject;
    return (role === "read" ? declaration : this.variables.declarations.origin(declaration)).name.span;
  }

  /** All places of a subject, in document order. */
  occurrences(subject: Subject): readonly Occurrence[] {
    if (subject.kind === "variable") {
      const { declaration } = subject;
      return this.instructionsWith(declaration.name.text)
        .flatMap((instruction) => this.variables.in(instruction, this.placeOf(instruction)))
        .filter(
          (each) => each.subject.kind === "variable" && this.variables.same(each.subject.declaration, declaration),
        );
    }
    return this.model.stages
      .slice(subject.stage.index)
      .flatMap((user) => [user.from, ...user.instructions].flatMap((instruction) => this.stages.in(instruction, user)))
      .filter((each) => each.subject.kind === "stage" && each.subject.stage === subject.stage);
  }

  /** The instructions in whose text a name stands, be it broken over lines, in document order. */
  instructionsWith(name: string): readonly Instruction[] {
    const { text, instructions } = this.model.syntax;
    return instructions.filter(
      ({ line, heredocs }) =>
        line.text.includes(name) || heredocs.some(({ body }) => text.slice(body.start, body.end).includes(name)),
    );
  }

  placeOf({ span: { start } }: Instruction): Place {
    const stage = lastFrom(this.model.stages, start, ({ from }) => from.span.start);
    const before = stage ? countFrom(stage.instructions, start, ({ span }) => span.start) : 0;
    return { stage, at: Math.max(0, before - 1) };
  }

  private in(instruction: Instruction): readonly Occurrence[] {
    const place = this.placeOf(instruction);
    const stages = place.stage ? this.stages.in(instruction, place.stage) : [];
    return [...this.variables.in(instruction, place), ...stages];
  }

  /** The instruction that an offset stands in, or at the end of. */
  instructionAt(offset: number): Instruction | undefined {
    const found = lastFrom(this.model.syntax.instructions, offset, ({ span }) => span.start);
    return found && offset <= found.span.end ? found : undefined;
  }
}

/** The name of a stage, or what its FROM names where it has none. */
export function headOf({ name, base, from }: Stage): Span {
  return name?.span ?? base.token?.span ?? from.keywordSpan;
}

/** How many of things that ascend begin at an offset or before it. */
function countFrom<T>(things: readonly T[], offset: number, startOf: (thing: T) => number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(things[middle] as T) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastFrom<T>(things: readonly T[], offset: number, startOf: (thing: T) => number): T | undefined {
  return things[countFrom(things, offset, startOf) - 1];
}

/** The thing that an offset stands in, or else the one that it stands at the end of. */
function touched<T extends { readonly span: Span }>(things: readonly T[], offset: number): T | undefined {
  const near = things.filter(({ span }) => span.start <= offset && offset <= span.end);
  return near.find(({ span }) => offset < span.end) ?? near[0];
}
