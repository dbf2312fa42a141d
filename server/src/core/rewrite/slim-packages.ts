import { installedPackages } from "../flow/commands/packages";
import { systemNeeds } from "../flow/commands/system-needs";
import type { FileContext } from "../flow/context";
import { isDataPackage } from "../flow/left-behind";
import type { ShippedProgram } from "../flow/running/shipped-program";
import type { Stage } from "../model/model";
import { withCertificates } from "../toolchains/system-programs";
import type { BuildPlan } from "../toolchains/toolchain";
import type { LinkedLibraries } from "./linked-libraries";
import { packagesStarted } from "./started-programs";

/** The packages that a program's own system installs in its final stage; a sentence where they cannot be told. */
export function slimPackages(
  context: FileContext,
  program: ShippedProgram,
  plan: BuildPlan,
  libraries: LinkedLibraries,
  image: string,
): readonly string[] | string {
  const { stage } = program;
  const started = packagesStarted(context, program, plan, image);
  if (typeof started === "string") return started;
  const view = context.view(stage);
  const needs = systemNeeds(view.baseRelease, view.commands);
  if (!needs.complete) return "Which packages the stage installs cannot be told, and the program may use one of them.";
  const open = needs.unknown.find((name) => name.includes("-dev"));
  if (open) return `Which library ${open} stands for on this system is not known, and the program may need it.`;
  const data = view.commands.flatMap((run) => installedPackages(run)).filter(isDataPackage);
  // Images with compilers have them, and the smallest of their system has not.
  const certificates = !plan.closed && context.image(stage)?.role === "sdk" ? ["ca-certificates"] : [];
  return [
    ...new Set([
      ...libraries.packages,
      ...withCertificates(started),
      ...needs.runtime,
      ...needs.unknown,
      ...data,
      ...certificates,
    ]),
  ].sort();
}

/** The stage installs packages that its program may use at run time. */
export function installsLibraries(context: FileContext, stage: Stage): boolean {
  const { baseRelease, commands } = context.view(stage);
  const { runtime, unknown } = systemNeeds(baseRelease, commands);
  return runtime.length > 0 || unknown.length > 0;
}
