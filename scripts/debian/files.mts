import type { ReleaseIndex } from "./indexes.mjs";

/** What a package brings that others ask for. */
export interface Brought {
  /** Names of shared libraries in the folders that the loader searches: `libpq.so.5`. */
  readonly libraries: string[];
  /** Programs of the folders of programs. */
  readonly commands: string[];
  /** It brings headers or libraries to link with: not merely other packages. */
  readonly headers: boolean;
  /** KiB that its setup adds to Installed-Size, or that `-slim` images leave out of it: by the number of such files. */
  readonly change: number;
}

const LIBRARY = /^(?:usr\/)?lib(?:\/x86_64-linux-gnu)?\/([^/]+\.so(?:\.[\w.]+)?|lib[^/]+-[\d.]+\.so)$/;
const COMMAND = /^(?:usr\/)?s?bin\/([^/]+)$/;
const HEADER = /^usr\/(?:include\/.+|lib\/(?:.+\/)?[^/]+\.(?:a|so|pc))$/;

/** KiB of a file: python's are compiled when they are set up; documentation and translations are left out of `-slim` images. Means of a Debian system with 500 packages. */
const CHANGES: readonly (readonly [RegExp, number])[] = [
  [/^usr\/lib\/python3[^/]*\/.+\.py$/, 15],
  [/^usr\/share\/locale\//, -50],
  [/^usr\/share\/doc\/(?!.*\/copyright$)/, -15],
  [/^usr\/share\/(?:man|info|lintian|groff)\//, -2.5],
];

/** What each package brings, by the archive's lists of files. */
export async function broughtBy(index: ReleaseIndex): Promise<ReadonlyMap<string, Brought>> {
  const all = new Map<string, { libraries: string[]; commands: string[]; headers: boolean; change: number }>();
  await index.files((path, packages) => {
    const library = LIBRARY.exec(path)?.[1];
    const command = COMMAND.exec(path)?.[1];
    const header = library === undefined ? command === undefined && HEADER.test(path) : !library.includes(".so.");
    const change = CHANGES.find(([files]) => files.test(path))?.[1] ?? 0;
    if (library === undefined && command === undefined && !header && change === 0) return;
    for (const name of packages) {
      const known = all.get(name) ?? { libraries: [], commands: [], headers: false, change: 0 };
      all.set(name, known);
      if (library !== undefined && !header) known.libraries.push(library);
      if (command !== undefined) known.commands.push(command);
      if (header) known.headers = true;
      known.change += change;
    }
  });
  return new Map(
    [...all].map(([name, { libraries, commands, ...rest }]) => [
      name,
      { libraries: sonames(libraries), commands: [...new Set(commands)].sort(), ...rest },
    ]),
  );
}

/**
 * Of `libpq.so.5` and `libpq.so.5.17` the first: the second is the file that the link leads to. Of libbz2.so.1, .1.0 and .1.0.4
 * the first two, for programs ask for the second.
 */
function sonames(names: readonly string[]): string[] {
  const all = [...new Set(names)].sort();
  const leads = (name: string) => all.some((other) => other.startsWith(`${name}.`));
  return all.filter((name) => leads(name) || !all.some((other) => name.startsWith(`${other}.`)));
}
