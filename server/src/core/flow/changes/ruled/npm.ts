import { posix } from "../../../model/paths";
import type { RunCommand } from "../../../toolchains/toolchain";
import { type Change, type Ruler, touches } from "../change";
import { folderVariables } from "../folder-variables";
import type { World } from "../said";
import { contextHas, rulingAt } from "./ruling";
import { writtenBy } from "./web";

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
  const changes = [...touches(...WRITTEN.map((name) => posix.join(folder, name)), ...folderVariables(run)), caches];
  return () => changes;
};

/** The script that a command runs: `npm run build`, `yarn build`. */
export function scriptRun({ program, args }: RunCommand): string | undefined {
  const words = args.map(({ value }) => value ?? "-");
  const named = words[0] === "run" ? words.slice(1) : program === "yarn" ? words : [];
  return named.length === 1 && /^\w[\w:-]*$/.test(named[0] ?? "") ? named[0] : undefined;
}

/** What Create React App's build writes: it takes no plugins (create-react-app.dev, Advanced Configuration). */
const REACT = "build tsconfig.json src/react-app-env.d.ts node_modules/.cache".split(" ");

/** A script may do anything, but for the tools whose files are known. */
export const npmScript: Ruler = (world, run) => {
  const { folder } = run;
  const scripts = folder === undefined ? undefined : rulingAt(world, posix.join(folder, "package.json"))?.file.scripts;
  const name = scriptRun(run) ?? "";
  if (folder === undefined || !scripts?.has(name)) return undefined;
  const texts = [`pre${name}`, name, `post${name}`].flatMap((each) => scripts.get(each) ?? []);
  const written = texts
    .flatMap((text) => text.split("&&"))
    .map((call) => (call.trim() === "react-scripts build" ? reactBuild(world, run) : writtenBy(world, folder, call)));
  if (!written.every((paths) => paths !== undefined)) return undefined;
  const changes: readonly Change[] = [...touches(...written.flat()), { kind: "caches" }];
  return () => changes;
};

/** A variable, or a file of settings, may name another folder. */
function reactBuild(world: World, { folder = "/", lookup }: RunCommand): readonly string[] | undefined {
  if (lookup("BUILD_PATH") !== undefined || contextHas(world, /(?:^|\/)\.env(?:\.[\w.]+)?$/)) return undefined;
  return REACT.map((each) => posix.join(folder, each));
}
