import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { packagesOfProgram } from "../../toolchains/system-programs";
import type { FileContext } from "../context";
import { carriedProgram } from "./carried-program";

/** The names of the packages that a compiled program of a stage is known to start a program of, and of these programs. */
export function programsStarted(context: FileContext, stage: Stage): readonly string[] {
  const carried = carriedProgram(context, stage);
  const builds = carried ? [carried] : context.builds(stage).map((build) => ({ build, view: context.view(stage) }));
  return builds.flatMap(({ build, view }) => {
    const plan = build.toolchain.plan(build, view, context.text);
    const starts = typeof plan === "string" ? [] : (plan.starts ?? []);
    return starts.flatMap(({ names = [] }) =>
      names.flatMap((name) => [posix.basename(name), ...(packagesOfProgram(posix.basename(name)) ?? [])]),
    );
  });
}
