import { rememberedBeside } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { commandsOf } from "../commands/commands";
import { installOf, type PackageCommand, removalOf, removes } from "../commands/packages";
import type { FileContext } from "../context";

/** A command that removes packages which an earlier layer has installed: the image ships them all the same. */
export interface PackagesHidden {
  readonly by: RunCommand;
  /** Those that installed them, in order. */
  readonly installs: readonly RunCommand[];
  /** As the removal names them. */
  readonly packages: readonly string[];
  readonly sure: boolean;
}

/** So many commands are looked at, those of a stage once for each image that it is part of. */
const MOST_STEPS = 20_000;

/** All of them in the images that ship, each once. */
export const packagesHidden = rememberedBeside(readHidden);

function readHidden(context: FileContext): readonly PackagesHidden[] {
  const found: PackagesHidden[] = [];
  const told = new Set<RunCommand>();
  let steps = 0;
  for (const { stage, certain } of [...context.targets].sort((a, b) => Number(b.certain) - Number(a.certain))) {
    const installs = new Map<string, PackageCommand>();
    const commands = commandsOf(context.syntax, stage);
    // Few images remove a package.
    if (!commands.some(removes)) steps += commands.length;
    else
      for (const run of commands) {
        if (++steps > MOST_STEPS) return found;
        const install = installOf(run);
        for (const name of install?.packages ?? []) if (install) installs.set(key(install, name), install);
        const removal = removalOf(run);
        if (!removal) continue;
        const gone = removal.packages.flatMap((name) => {
          const by = installs.get(key(removal, name));
          installs.delete(key(removal, name));
          return by && by.run.instruction !== run.instruction ? [{ name, by }] : [];
        });
        if (gone.length === 0 || told.has(run)) continue;
        told.add(run);
        const installers = [...new Set(gone.map(({ by }) => by.run))];
        const sure = certain && [run, ...installers].every(({ command }) => command.succeeded);
        found.push({ by: run, installs: installers, packages: gone.map(({ name }) => name), sure });
      }
  }
  return found;
}

function key({ manager }: PackageCommand, name: string): string {
  return `${manager} ${name}`;
}
