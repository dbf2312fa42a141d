import { installedPackages } from "../flow/commands/packages";
import type { FileContext } from "../flow/context";
import { imageFiles } from "../flow/files/base-files";
import type { ShippedProgram } from "../flow/running/shipped-program";
import { posix } from "../model/paths";
import { packagesOfProgram } from "../toolchains/system-programs";
import type { BuildPlan } from "../toolchains/toolchain";

const FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** They look at all that stands in the folder that they are started in, or below. */
const LOOKS_AROUND = new Set(
  "ls dir vdir du df find tree tar zip rsync cp mv rm grep cat chmod chown ldd dpkg apt apt-get".split(" "),
);

function hasRepository(context: FileContext, { stage, workdir }: ShippedProgram): boolean {
  return context.presence(stage, posix.join(workdir, ".git")).kind === "there";
}

/** Why a program that starts others cannot stand on an image without a system, as a sentence. */
export function withoutPrograms({ starts = [] }: BuildPlan): string | undefined {
  const [first] = starts;
  return (
    first &&
    `The program starts other programs (${first.by}), which a minimal image has not; a slim image can have them.`
  );
}

/**
 * The packages that bring the programs which a program starts, where the final image has not these by itself; a sentence where
 * one of them may be missing there.
 */
export function packagesStarted(
  context: FileContext,
  program: ShippedProgram,
  { starts = [] }: BuildPlan,
  image: string,
): readonly string[] | string {
  const { stage, destination, others } = program;
  const held = imageFiles(image);
  const own = [destination, ...others.map((each) => each.destination)];
  const installed = new Set(context.view(stage).commands.flatMap((run) => installedPackages(run)));
  const packages = new Set<string>();
  for (const { by, names } of starts) {
    if (!names)
      return `The program starts other programs (${by}), and which ones cannot be told: ${image} may not have them.`;
    for (const name of names) {
      const base = posix.basename(name);
      if (LOOKS_AROUND.has(base) || (base === "git" && hasRepository(context, program)))
        return `The program starts ${base} (${by}), which may look at files of this stage that the final one has not.`;
      const isOfSystem = !name.includes("/") || FOLDERS.includes(posix.dirname(name));
      if (own.includes(name) || (isOfSystem && FOLDERS.some((folder) => held.path(`${folder}/${base}`) === "there")))
        continue;
      const found = isOfSystem ? (packagesOfProgram(base) ?? (installed.has(base) ? [base] : undefined)) : undefined;
      if (!found)
        return `The program starts ${name} (${by}), and which package of ${image} brings it is not known here.`;
      for (const each of found) packages.add(each);
    }
  }
  return [...packages];
}
