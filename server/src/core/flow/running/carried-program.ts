import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import type { Build, StageView } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";
import { startPaths } from "./programs";
import { mayInheritEntrypoint } from "./shipped-program";
import type { Start } from "./start";

/** The program that a stage that ships starts and that another stage built: a COPY carried it over. */
export interface CarriedProgram {
  /** The stage that ships. */
  readonly stage: Stage;
  readonly start: Start;
  readonly build: Build;
  /** The stage that builds it, with what its toolchain may ask. */
  readonly builder: Stage;
  readonly view: StageView;
  /** Where it stands in the stage that ships. */
  readonly path: string;
}

/** The program that a stage carries, the final one unless said; undefined where it builds its own, or where it cannot be told who made it. */
export function carriedProgram(context: FileContext, stage = context.model.final): CarriedProgram | undefined {
  const start = stage && context.start(stage);
  if (!stage || !start || !carries(context, stage) || mayInheritEntrypoint(context, stage, start)) return undefined;
  for (const path of startPaths(context, stage) ?? []) {
    const found = context.presence(stage, path);
    if (found.kind !== "there" || !found.made) continue;
    const { build, stage: builder } = found.made;
    if (lineage(stage).includes(builder)) return undefined;
    const { workdir, env } = context.view(stage);
    // It is built there, and runs here.
    return { stage, start, build, builder, view: { ...context.view(builder), workdir, env }, path };
  }
  return undefined;
}

/** Something is copied from another stage at all; most long files have one stage. */
export function carries({ syntax }: FileContext, stage: Stage): boolean {
  return lineage(stage).some((each) => copiesOf(each, syntax.escape).some(({ from }) => from !== undefined));
}
