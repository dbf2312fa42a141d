import { systemNeeds } from "../commands/system-needs";
import type { FileContext } from "../context";
import { isDataPackage } from "../left-behind";
import type { CarriedProgram } from "./carried-program";

/**
 * A program stands on a system because it needs one: the stage that ships installs packages that it may use, the program starts
 * others, or no distroless image has the C library that it was linked with.
 */
export function needsSystem(context: FileContext, { stage, build, view }: CarriedProgram): boolean {
  const { baseRelease, commands } = context.view(stage);
  const { runtime, unknown } = systemNeeds(baseRelease, commands);
  if ([...runtime, ...unknown].some((name) => !isDataPackage(name))) return true;
  const plan = build.toolchain.plan(build, view, context.text);
  return typeof plan !== "string" && (plan.library?.misfit !== undefined || (plan.starts ?? []).length > 0);
}
