import type { Model, Stage } from "../model/model";
import type { Instruction, Token } from "../syntax/instruction";
import { flagValueSpan, type ValuePlace } from "./flag-value";
import type { Occurrence } from "./occurrence";

/** A name in `COPY --from=` or `RUN --mount=…,from=`, whatever it names. */
export interface SourceName extends ValuePlace {
  readonly name: string;
  /** It may be the number of a stage; that of a mount may not (dockerfile2llb, detectRunMount). */
  readonly counts: boolean;
}

/** Where instructions name stages. */
export class StageNames {
  private readonly byName = new Map<string, Stage[]>();

  constructor(private readonly model: Model) {
    for (const stage of model.stages) {
      const name = stage.name?.text.toLowerCase();
      if (name === undefined) continue;
      const others = this.byName.get(name);
      if (others) others.push(stage);
      else this.byName.set(name, [stage]);
    }
  }

  /** The stages of a name; case does not count. */
  called(name: string): readonly Stage[] {
    return this.byName.get(name.toLowerCase()) ?? [];
  }

  /** The stages that an instruction names, its own name included. */
  in(instruction: Instruction, stage: Stage): readonly Occurrence[] {
    if (instruction === stage.from) return [...baseOccurrence(stage), ...nameOccurrence(stage)];
    if (instruction.flags.length === 0) return [];
    return sourceNames(instruction).flatMap((source): readonly Occurrence[] => {
      const isNumber = source.counts && /^\d+$/.test(source.name);
      const found = isNumber ? this.model.stages[Number(source.name)] : this.earlier(source.name, stage);
      const how = isNumber ? "number" : source.exact ? "name" : "unsure";
      return found && found.index < stage.index
        ? [{ span: source.span, subject: { kind: "stage", stage: found }, role: "read", how }]
        : [];
    });
  }

  private earlier(name: string, user: Stage): Stage | undefined {
    return this.called(name).findLast(({ index }) => index < user.index);
  }
}

/** What the flags of an instruction name as the source of files: stages and images. */
export function sourceNames(instruction: Instruction): readonly SourceName[] {
  const { keyword, flags } = instruction;
  return flags.flatMap((flag): readonly SourceName[] => {
    const { name, value = "" } = flag;
    if (name === "from" && keyword === "COPY")
      return [{ name: value, counts: true, ...flagValueSpan(instruction, flag, 0, value.length) }];
    const from = name === "mount" && keyword === "RUN" ? fromOfMount(value) : undefined;
    return from
      ? [{ name: from.text, counts: false, ...flagValueSpan(instruction, flag, from.at, from.at + from.text.length) }]
      : [];
  });
}

function fromOfMount(value: string): { readonly text: string; readonly at: number } | undefined {
  let at = 0;
  for (const field of value.split(",")) {
    if (field.slice(0, 5).toLowerCase() === "from=" && field.length > 5) return { text: field.slice(5), at: at + 5 };
    at += field.length + 1;
  }
  return undefined;
}

function nameOccurrence(stage: Stage): readonly Occurrence[] {
  const { name } = stage;
  return name ? [{ span: name.span, subject: { kind: "stage", stage }, role: "declaration", how: "name" }] : [];
}

function baseOccurrence({ base }: Stage): readonly Occurrence[] {
  if (base.kind !== "stage") return [];
  const { span, exact } = withoutQuotes(base.token);
  return [{ span, subject: { kind: "stage", stage: base.stage }, role: "read", how: exact ? "name" : "unsure" }];
}

function withoutQuotes({ text, span }: Token): ValuePlace {
  const quoted = text.length > 2 && /^["']/.test(text) && text.at(-1) === text[0];
  return {
    span: quoted ? { start: span.start + 1, end: span.end - 1 } : span,
    exact: !/["'\\`$]/.test(quoted ? text.slice(1, -1) : text) && span.end - span.start === text.length,
  };
}
