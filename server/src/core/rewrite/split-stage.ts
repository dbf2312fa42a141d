import { findImage } from "../catalog/catalog";
import { parseReference } from "../catalog/reference";
import type { FileContext } from "../flow/context";
import type { ShippedProgram } from "../flow/shipped-program";
import type { Stage } from "../model/model";
import type { RewriteEdit } from "./change";
import { placeStage } from "./placement";
import { jsonForm, keyword, type Style, styleOf, writtenLower } from "./style";

/** The final stage that a program moves to. */
export interface FinalStage {
  readonly image: string;
  /** What the old stage set and the new one has to say again, after its COPY. */
  readonly lines: readonly string[];
}

/** Edits that let the shipped stage build alone, and put a final stage behind it that holds its program. */
export function splitStage(context: FileContext, program: ShippedProgram, final: FinalStage): readonly RewriteEdit[] {
  const { stage, start, argv } = program;
  const style = styleOf(context.syntax);
  const name = stage.name?.text ?? freeName(context);
  const execForm = start.shellForm && { instruction: start.shellForm, argv };
  const lines = [...head(context, program, final.image, name, style), ...final.lines];
  const placed = placeStage(context.syntax, stage, { lines, start: start.instructions, execForm }, style);
  return [...nameEdit(context, stage, name), ...placed];
}

function nameEdit(context: FileContext, stage: Stage, name: string): readonly RewriteEdit[] {
  const at = stage.base.token?.span.end;
  if (stage.name || at === undefined) return [];
  const as = writtenLower(context.syntax, stage.from) ? "as" : "AS";
  return [
    { kind: "names-stage", note: `names the stage ${name}`, span: { start: at, end: at }, text: ` ${as} ${name}` },
  ];
}

/** A name that no stage has and that no COPY or FROM means something else by. */
function freeName({ text, model }: FileContext): string {
  const lower = text.toLowerCase();
  const isTaken = (name: string) =>
    lower.includes(`=${name}`) ||
    model.stages.some((each) => [each.name?.text, each.base.token?.text].some((word) => word?.toLowerCase() === name));
  return ["build", "builder", "compile"].find((name) => !isTaken(name)) ?? `build-${model.stages.length}`;
}

function head(
  context: FileContext,
  { artifact, destination, workdir, stage }: ShippedProgram,
  image: string,
  name: string,
  style: Style,
): readonly string[] {
  const reference = parseReference(image);
  const startsIn = (reference && findImage(reference)?.workdir) ?? "/";
  const paths = /\s/.test(artifact + destination) ? jsonForm([artifact, destination]) : `${artifact} ${destination}`;
  return [
    `${keyword(style, "FROM")} ${platformOf(context, stage)}${image}`,
    ...(workdir === startsIn ? [] : [`${keyword(style, "WORKDIR")} ${workdir}`]),
    `${keyword(style, "COPY")} --from=${name} ${paths}`,
  ];
}

/** The platform stays the author's, but for a stage that builds on its own platform for another one. */
function platformOf({ text }: FileContext, { platform }: Stage): string {
  const value = platform?.value ?? "";
  const crosses = /\$\{?BUILDPLATFORM\b/.test(value) && /\bGOARCH\b/.test(text);
  return value === "" || crosses || /\$\{?TARGETPLATFORM\b/.test(value) ? "" : `--platform=${value} `;
}
