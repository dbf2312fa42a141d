import type { RunCommand } from "../../../toolchains/toolchain";
import { NOTHING, placeOf, type Ruler } from "../change";
import { rulingAt } from "./ruling";

const PLAIN =
  /^(?:--(?:no-cache-dir|no-cache|upgrade|user|pre|no-deps|quiet|verbose|require-hashes|disable-pip-version-check|no-warn-script-location|break-system-packages|root-user-action=\w+|force-reinstall|no-compile|no-input|prefer-binary|progress-bar=\w+|only-binary=:all:|no-build-isolation|ignore-installed|system)|-[UqIv]+)$/;
const NAME = /^[A-Za-z0-9][\w.-]*(?:\[[\w,.-]*\])?(?:[=<>~!]=?[\w.,*=<>~!+-]*)?$/;

/** What an install names: packages, and the files that name them. Undefined where a word may be a folder, or name one. */
export function pipInstall({ args }: RunCommand): { readonly files: RunCommand["args"] } | undefined {
  const [verb, ...rest] = args;
  if (verb?.value !== "install") return undefined;
  const files: RunCommand["args"][number][] = [];
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at];
    const text = arg?.value ?? "$";
    const next = rest[at + 1];
    if (/^(?:-r|--requirement|-c|--constraint)$/.test(text) && next) {
      files.push(next);
      at++;
    } else if (!PLAIN.test(text) && (!NAME.test(text) || /\.(?:whl|zip|gz|txt)$/.test(text))) return undefined;
  }
  return { files };
}

/** Packages by their names come to stand with the interpreter: the project stays as it is. */
export const pipNames: Ruler = (world, run) => {
  const call = pipInstall(run);
  const known = call?.files.every((file) => {
    const place = placeOf(file.value, file.word.text, run.folder);
    return place?.whole === true && rulingAt(world, place.path)?.file.keeps === true;
  });
  return known ? () => NOTHING : undefined;
};
