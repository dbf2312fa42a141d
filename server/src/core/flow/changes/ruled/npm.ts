import { posix } from "../../../model/paths";
import type { RunCommand } from "../../../toolchains/toolchain";
import { type Change, type Ruler, touches } from "../change";
import { folderVariables } from "../folder-variables";
import { contextHas, rulingAt } from "./ruling";

const VERBS = /^(?:ci|install|i|clean-install|install-clean)$/;
/** Another folder, or packages of the project's own. */
const ELSEWHERE =
  /^(?:-C|-w|-r|-g|--(?:prefix|cwd|dir|filter|workspaces?|recursive|modules-folder|modules-dir|global|location|use-yarnrc|config)(?:=|$))/;
/** They name folders, or run a script of their own. */
const SETTINGS =
  /(?:^|\/)(?:\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs|pnpm-workspace\.yaml|bunfig\.toml|binding\.gyp)$/;
const WRITTEN =
  "node_modules package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb .yarn .pnp.cjs .pnp.js .pnp.loader.mjs .husky".split(
    " ",
  );

/** An install of all that package.json names: nothing else is asked for. */
export function installsAll({ program, args }: RunCommand): boolean {
  const words = args.map(({ value }) => value ?? "-g");
  const operands = words.filter((word) => !word.startsWith("-"));
  if (words.some((word) => ELSEWHERE.test(word))) return false;
  return operands.length === 0 ? program === "yarn" : operands.length === 1 && VERBS.test(operands[0] ?? "");
}

/** An install by a package.json that has no script for it writes modules, lock files and caches. */
export const npmInstall: Ruler = (world, run) => {
  const { folder } = run;
  const ruling = folder === undefined ? undefined : rulingAt(world, posix.join(folder, "package.json"));
  if (folder === undefined || !ruling?.file.keeps || contextHas(world, SETTINGS)) return undefined;
  const caches: Change = { kind: "caches" };
  return [...touches(...WRITTEN.map((name) => posix.join(folder, name)), ...folderVariables(run)), caches];
};
