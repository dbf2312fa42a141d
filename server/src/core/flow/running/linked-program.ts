import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import type { Span } from "../../text/span";
import { compiledByCc } from "../../toolchains/c/link";
import { compiledByCargo } from "../../toolchains/rust/link";
import type { BuildEdit, Linked } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { traceFile } from "../files/trace";
import { carriedProgram, carries } from "./carried-program";
import { startPaths } from "./programs";
import { mayInheritEntrypoint } from "./shipped-program";

/** The program that a stage starts and that another stage linked with its own libraries. */
export interface LinkedProgram extends Linked {
  /** Where it stands in the stage that starts it. */
  readonly path: string;
  /** The stage whose libraries it is linked with. */
  readonly builder: Stage;
  /** The command that links it. */
  readonly span: Span;
  /** Edits with which it needs no C library. */
  readonly makesStatic: readonly BuildEdit[] | undefined;
}

/** Undefined where it is static, where the stage that ships builds it itself, or where that cannot be told. */
export function linkedProgram(context: FileContext, stage: Stage): LinkedProgram | undefined {
  return goProgram(context, stage) ?? compiledProgram(context, stage);
}

function goProgram(context: FileContext, stage: Stage): LinkedProgram | undefined {
  const program = carriedProgram(context, stage);
  if (!program || context.failure(program.build)) return undefined;
  const { build, view, builder, path } = program;
  const runtime = build.toolchain.runtime(build, view);
  if (!runtime || typeof runtime.dynamic !== "object") return undefined;
  const { dynamic, makesStatic } = runtime;
  return { ...dynamic, sure: true, libraries: [], path, builder, span: build.span, makesStatic };
}

function compiledProgram(context: FileContext, stage: Stage): LinkedProgram | undefined {
  const start = context.start(stage);
  if (!start || !carries(context, stage) || mayInheritEntrypoint(context, stage, start)) return undefined;
  for (const path of startPaths(context, stage) ?? []) {
    const found = traceFile(
      context,
      stage,
      path,
      (run, at) => compiledByCargo(run, at, context.view(run.stage)) ?? compiledByCc(run, at, context.view(run.stage)),
    );
    // What a stage makes itself, or one that it stands on, is linked with the libraries beside it.
    if (!found || lineage(stage).includes(found.stage)) continue;
    const { start: from } = found.run.programWord.span;
    const { end } = found.run.args.at(-1)?.word.span ?? found.run.programWord.span;
    return {
      ...found.made,
      sure: found.made.sure && found.sure,
      path,
      builder: found.stage,
      span: { start: from, end },
      makesStatic: undefined,
    };
  }
  return undefined;
}
