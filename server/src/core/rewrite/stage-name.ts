import type { FileContext } from "../flow/context";
import type { Stage } from "../model/model";
import type { RewriteEdit } from "./change";
import { writtenLower } from "./style";

/** The edit that gives a stage its name, where it has none. */
export function nameEdit(context: FileContext, stage: Stage, name: string): readonly RewriteEdit[] {
  const at = stage.base.token?.span.end;
  if (stage.name || at === undefined) return [];
  const as = writtenLower(context.syntax, stage.from) ? "as" : "AS";
  return [
    { kind: "names-stage", note: `names the stage ${name}`, span: { start: at, end: at }, text: ` ${as} ${name}` },
  ];
}

/** The name by which another stage takes files from this one. */
export function stageName(context: FileContext, stage: Stage): string {
  return stage.name?.text ?? freeName(context);
}

/** A name that no stage has, that no COPY or FROM means something else by, and that no file of the folder builds as a target. */
function freeName({ text, model, project }: FileContext): string {
  const lower = text.toLowerCase();
  const isTaken = (name: string) =>
    lower.includes(`=${name}`) ||
    project.targets.some(({ target }) => target.toLowerCase() === name) ||
    model.stages.some((each) => [each.name?.text, each.base.token?.text].some((word) => word?.toLowerCase() === name));
  return ["build", "builder", "compile"].find((name) => !isTaken(name)) ?? `build-${model.stages.length}`;
}

/** The platform stays the author's, but for a stage that builds on its own platform for another one. */
export function platformOf({ text }: FileContext, { platform }: Stage): string {
  const value = platform?.value ?? "";
  const crosses = /\$\{?BUILDPLATFORM\b/.test(value) && /\bGOARCH\b/.test(text);
  return value === "" || crosses || /\$\{?TARGETPLATFORM\b/.test(value) ? "" : `--platform=${value} `;
}
