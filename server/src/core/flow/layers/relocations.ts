import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";

/** A command that writes files a second time, at another place. */
export interface Relocation {
  /** Absolute; `contents` is what is in a folder, without the folder. */
  readonly sources: readonly { readonly path: string; readonly contents: boolean }[];
  readonly target: string;
  /** The target is a folder whatever stands there. */
  readonly intoFolder: boolean;
  /** The first ones are gone: `mv`. */
  readonly moves: boolean;
}

const OPTIONS: Readonly<Record<string, RegExp>> = {
  cp: /^-[afpvrRLPTH]+$|^--(?:recursive|archive|force|preserve\S*|verbose)$/,
  mv: /^-[fvT]+$/,
  install: /^-[cDpvs]+$/,
};

/** `cp`, `mv` and `install` in words that are known; undefined for others, and for links and conditions. */
export function relocationOf({ program = "", args, folder }: RunCommand): Relocation | undefined {
  const options = Object.hasOwn(OPTIONS, program) ? OPTIONS[program] : undefined;
  if (!options || folder === undefined) return undefined;
  const paths: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    if (value === undefined || /[$*?[{~]/.test(value)) return undefined;
    if (program === "install" && /^-[mog]$/.test(value)) at++;
    else if (!value.startsWith("-")) paths.push(value);
    else if (!options.test(value)) return undefined;
  }
  const target = paths.pop();
  if (target === undefined || paths.length === 0) return undefined;
  return {
    sources: paths.map((path) => ({ path: posix.join(folder, path), contents: /(?:^|\/)\.$/.test(path) })),
    target: posix.join(folder, target),
    intoFolder: paths.length > 1 || /(?:^|\/)\.{0,2}$/.test(target),
    moves: program === "mv",
  };
}
