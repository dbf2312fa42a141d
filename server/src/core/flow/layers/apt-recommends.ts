import { installOn } from "../../catalog/image-packages";
import type { Size } from "../../catalog/size";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import type { RunCommand } from "../../toolchains/toolchain";
import { isFromElsewhere } from "../changes/installs";
import { CommandMemo } from "../commands/command-memo";
import { installOf, type PackageCommand } from "../commands/packages";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";

/** An install that brings what its packages recommend, and what that weighs where it is known. */
export interface RecommendsInstalled {
  readonly install: PackageCommand;
  readonly size: Size | undefined;
}

/** The installs of apt in the image that ships that leave out no recommended package, in order. */
export function recommendsInstalled(context: FileContext, stage: Stage): readonly RecommendsInstalled[] {
  if (context.reference(stage)?.familiar.endsWith("bitnami/minideb") || configuresApt(context, stage)) return [];
  const found: RecommendsInstalled[] = [];
  for (const run of context.view(stage).commands) {
    const install = bringsThem.of(run) ? installOf(run) : undefined;
    const size = install && addedBy(context, stage, install);
    // Few packages recommend nothing.
    if (install && size?.bytes !== 0) found.push({ install, size });
  }
  return found;
}

const bringsThem = new CommandMemo((run) => {
  const install = installOf(run);
  if (install?.manager !== "apt" || leavesRecommendsOut(install)) return false;
  return install.packages.length > 0 || !install.complete;
});

/** By an option of the command: `--no-install-recommends`, aptitude's -R, `-o APT::Install-Recommends=false`. */
export function leavesRecommendsOut({ options, complete, run }: PackageCommand): boolean {
  const said = options.some((option) =>
    /^(?:--no-install-recommends\b|--without-recommends$)|install-recommends[\s=]*"?(?:0|false|no|off)\b/i.test(option),
  );
  // A variable may hold the option.
  return said || (run.program === "aptitude" && options.includes("-R")) || (!complete && hidesOptions(run));
}

function hidesOptions({ args }: RunCommand): boolean {
  return args.some(({ value, word }) => value === undefined && /opt|flag|arg/i.test(word.text));
}

/** The file writes, copies or names a configuration of apt that may leave recommended packages out. */
function configuresApt(context: FileContext, stage: Stage): boolean {
  const copied = lineage(stage).some((each) =>
    copiesOf(each, context.syntax.escape).some(
      ({ target }) => target !== undefined && (target === "/etc" || /^\/etc\/apt(?:$|\/)/.test(target)),
    ),
  );
  return (
    copied ||
    context.view(stage).commands.some((run) => configures.of(run)) ||
    stage.instructions.some(({ keyword, body }) => keyword === "ENV" && body.includes("APT_CONFIG"))
  );
}

/** What a command prints into a file is seen; what another puts there is not, and may be anything. */
const configures = new CommandMemo(({ program = "", command, args }) => {
  if (program === "echo" || program === "printf")
    return isConfiguration(command.output?.text) && args.some(({ word }) => /install-recommends/i.test(word.text));
  const touches = isConfiguration(command.output?.text) || args.some(({ word }) => isConfiguration(word.text));
  return touches && !["rm", "cat", "ls", "chmod", "apt-get", "apt"].includes(program);
});

function isConfiguration(path: string | undefined): boolean {
  return path !== undefined && /^["']?\/etc\/apt\/apt\.conf/.test(path);
}

/** What the recommended packages add to an install that names all of its own; undefined where that is not known. */
function addedBy(context: FileContext, stage: Stage, { packages, complete, run }: PackageCommand): Size | undefined {
  const image = context.image(stage);
  if (!image || !complete || isFromElsewhere(run)) return undefined;
  const [all, few] = [true, false].map((recommends) => installOn(image, packages, recommends));
  if (!all || !few || all.bytes === null || few.bytes === null) return undefined;
  const { kind, source, platform } = all;
  return { bytes: all.bytes - few.bytes, kind, source, platform };
}
