import type { Model, Stage } from "../model/model";
import type { Instruction } from "../syntax/instruction";
import type { Span } from "../text/span";
import { type Declaration, Declarations } from "./declarations";
import type { Occurrence } from "./occurrence";
import { type Read, readsOf } from "./reads";

/** Where an instruction stands: in a stage, or before the first FROM. `at` counts within the stage. */
export interface Place {
  readonly stage: Stage | undefined;
  readonly at: number;
}

/** A variable that is read and that the file does not declare in reach of its reader. */
export interface Undeclared {
  readonly name: string;
  readonly span: Span;
  readonly by: Read["by"];
  readonly stage: Stage | undefined;
  /** The reader is a FROM. */
  readonly inFrom: boolean;
}

/** Where instructions name variables. */
export class VariableNames {
  readonly declarations: Declarations;
  private readonly roots = new Map<Stage, Stage>();
  private readonly reads = new Map<Instruction, readonly Read[]>();
  private readonly occurrences = new Map<Instruction, readonly Occurrence[]>();

  constructor(private readonly model: Model) {
    this.declarations = new Declarations(model);
    for (const stage of model.stages)
      this.roots.set(stage, stage.base.kind === "stage" ? (this.roots.get(stage.base.stage) ?? stage) : stage);
  }

  /** The variables that an instruction declares and reads, in document order. */
  in(instruction: Instruction, place: Place): readonly Occurrence[] {
    const found = this.occurrences.get(instruction) ?? this.find(instruction, place);
    this.occurrences.set(instruction, found);
    return found;
  }

  private find(instruction: Instruction, place: Place): readonly Occurrence[] {
    const declared = this.declarations
      .of(instruction)
      .map((each): Occurrence => occurrence(each.name.span, each, "declaration", true));
    const read = this.readsIn(instruction, place).flatMap((each): readonly Occurrence[] => {
      const declaration = each.of === "script" ? undefined : this.declarations.seenBy(each, instruction, place.stage);
      return declaration ? [occurrence(each.span, declaration, "read", each.of === "environment")] : [];
    });
    return [...declared, ...read].sort((a, b) => a.span.start - b.span.start);
  }

  undeclaredIn(instruction: Instruction, place: Place): readonly Undeclared[] {
    const { stage } = place;
    return this.readsIn(instruction, place)
      .filter((each) => each.of !== "script" && !this.declarations.seenBy(each, instruction, stage))
      .map(({ name, span, by }) => ({ name, span, by, stage, inFrom: instruction.keyword === "FROM" }));
  }

  /** ARGs of one name are one, for `--build-arg` sets them all. An ENV is one with those of the stages below and above it. */
  same(a: Declaration, b: Declaration): boolean {
    return a.kind === b.kind && a.name.text === b.name.text && (a.kind === "arg" || this.root(a) === this.root(b));
  }

  readsIn(instruction: Instruction, { stage, at }: Place): readonly Read[] {
    const reads = this.reads.get(instruction) ?? readsOf(this.model.syntax, instruction, stage, at);
    this.reads.set(instruction, reads);
    return reads;
  }

  private root({ stage }: Declaration): Stage | undefined {
    return stage && this.roots.get(stage);
  }
}

function occurrence(span: Span, declaration: Declaration, role: Occurrence["role"], certain: boolean): Occurrence {
  const whole = span.end - span.start === declaration.name.text.length;
  return { span, subject: { kind: "variable", declaration }, role, how: certain && whole ? "name" : "unsure" };
}
