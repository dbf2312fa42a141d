import { type Flag, flagOf, type Instruction } from "../../syntax/instruction";
import { lex } from "../../syntax/lexer";
import { mountsOf } from "../../syntax/mounts";
import { quoted } from "../../syntax/quote";
import { groupBy } from "../../text/group";
import type { Model, Stage } from "../model";
import type { Refused } from "./problem";
import { referenceProblem } from "./reference";

const NO_VARIABLES =
  "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround";

/** A stage takes files from another one. */
interface Edge {
  readonly stage: Stage;
  readonly source: Stage;
  readonly flag: Flag;
  readonly message: string;
}

/**
 * What is wrong with where COPY and mounts take files from: `everywhere` what stops every build, and `inOrder` the stages
 * that take from one that comes later, which stops a build that needs them.
 */
export function sourceProblems(model: Model): {
  readonly everywhere: readonly Refused[];
  readonly inOrder: readonly { readonly stage: Stage; readonly problem: Refused }[];
} {
  const reader = new SourceReader(model);
  const problems = reader.read();
  const circle = circular(model.stages, reader.edges);
  const inOrder = reader.edges
    .filter(({ stage, source }) => source.index > stage.index)
    .map(({ stage, flag, message }) => ({ stage, problem: { span: flag.span, message } }));
  return { everywhere: circle ? [...problems, circle] : problems, inOrder: circle ? [] : inOrder.reverse() };
}

class SourceReader {
  readonly edges: Edge[] = [];
  private readonly byName: ReadonlyMap<string, Stage>;
  /** BuildKit counts what is no stage among the stages, as it comes by. */
  private count: number;

  constructor(private readonly model: Model) {
    this.byName = new Map(
      model.stages.flatMap((stage) => (stage.name ? [[stage.name.text.toLowerCase(), stage]] : [])),
    );
    this.count = model.stages.length;
  }

  /** BuildKit stops at the first. */
  read(): readonly Refused[] {
    for (const stage of this.model.stages) {
      for (const instruction of stage.instructions) {
        const found = this.copy(stage, instruction) ?? this.mounts(stage, instruction);
        if (found) return [found];
      }
    }
    return [];
  }

  private copy(stage: Stage, instruction: Instruction): Refused | undefined {
    const flag = instruction.keyword === "COPY" ? flagOf(instruction, "from") : undefined;
    if (!flag?.value) return undefined;
    const { value, span } = flag;
    const read = lex(value, { escape: this.model.syntax.escape, variable: () => null });
    if ("error" in read) return { span, message: `failed to process ${quoted(value)}: ${read.error}` };
    if (!read.unknown && read.value !== value) return { span, message: NO_VARIABLES };
    const index = /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
    if (index !== undefined && (index < 0 || index >= this.count))
      return { span, message: `invalid stage index ${index}` };
    const source = index === undefined ? this.byName.get(value.toLowerCase()) : this.model.stages[index];
    const message = `cannot copy from stage ${quoted(value)}, it needs to be defined before current stage ${quoted(nameOf(stage))}`;
    return this.take(stage, source, flag, value, message, index === undefined);
  }

  private mounts(stage: Stage, instruction: Instruction): Refused | undefined {
    if (instruction.keyword !== "RUN" || instruction.flags.length === 0) return undefined;
    for (const { flag, from, target } of mountsOf(instruction)) {
      const name = from ?? "scratch";
      const message = `cannot mount from stage ${quoted(name)} to ${quoted(target ?? "")}, stage needs to be defined before current command`;
      const found = this.take(stage, this.byName.get(name.toLowerCase()), flag, name, message, true);
      if (found) return found;
    }
    return undefined;
  }

  private take(
    stage: Stage,
    source: Stage | undefined,
    flag: Flag,
    name: string,
    message: string,
    isName: boolean,
  ): Refused | undefined {
    if (source) {
      this.edges.push({ stage, source, flag, message });
      return undefined;
    }
    if (!isName) return undefined;
    this.count++;
    const wrong = name === "scratch" ? undefined : referenceProblem(name);
    return wrong ? { span: flag.span, message: `failed to parse stage name ${quoted(name)}: ${wrong}` } : undefined;
  }
}

function nameOf(stage: Stage): string {
  return stage.name?.text.toLowerCase() ?? `stage-${stage.index}`;
}

/** The first circle that stages make by taking files from each other. Every stage is looked at once. */
function circular(stages: readonly Stage[], edges: readonly Edge[]): Refused | undefined {
  const from = groupBy(edges, ({ stage }) => stage);
  const state = new Map<Stage, "open" | "done">();
  for (const first of stages) {
    const path: { readonly stage: Stage; next: number }[] = [];
    const enter = (stage: Stage) => {
      state.set(stage, "open");
      path.push({ stage, next: 0 });
    };
    if (!state.has(first)) enter(first);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = from.get(top.stage)?.[top.next++];
      if (!edge) {
        state.set(top.stage, "done");
        path.pop();
      } else if (state.get(edge.source) === "open") {
        return { span: edge.flag.span, message: `circular dependency detected on stage: ${nameOf(first)}` };
      } else if (!state.has(edge.source)) enter(edge.source);
    }
  }
  return undefined;
}
