import type { Stage } from "../../model/model";
import { matchesPattern, posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { copiesOf, within } from "../files/copies";
import { numberGiven } from "./users";

/** A command of a RUN that surely fails, since its user may not write where it does. */
export interface DeniedWrite {
  readonly run: RunCommand;
  readonly user: string;
  /** The folder that is root's. */
  readonly folder: string;
  /** It surely writes there. */
  readonly sure: boolean;
}

/** The first command of a stage that makes something in a folder of root's, and is not root: the build ends there. */
export function deniedWrite(context: FileContext, stage: Stage): DeniedWrite | undefined {
  const times = new Map<string, RootsTime | undefined>();
  // A user may be written into a file by hand, with the number of root.
  const byHand = stage.instructions.some(({ body }) => body.includes("passwd"));
  let tries = 0;
  for (const [index, run] of context.view(stage).commands.entries()) {
    const user = run.stage === stage ? userAt(stage, run.at) : "";
    if (user === "" || run.via || !failsForCertain(run)) continue;
    const made = madeBy(run, context);
    if (made.length === 0 || mayBeRoot(context, user, byHand)) continue;
    for (const { path, sure } of made) {
      const folder = posix.dirname(path);
      if (!times.has(folder))
        times.set(folder, times.size < MAX_FOLDERS ? rootsTime(context, stage, folder) : undefined);
      const time = times.get(folder);
      if (!time || run.at <= time.from || run.at >= time.copied || index >= time.changed) continue;
      if (tries++ > MAX_FOLDERS) return undefined;
      if (!mayBeThere(context, stage, run, path)) return { run, user, folder, sure };
    }
  }
  return undefined;
}

/** So many folders of a stage are looked into, and so many paths in them. */
const MAX_FOLDERS = 16;

/** "" is root, or not known. */
function userAt(stage: Stage, at: number): string {
  const user = stage.scope.user(at) ?? "";
  const [name = ""] = user.split(":", 1);
  return user.includes("$") || name === "root" || name === "0" ? "" : name;
}

/** A name that is given the number of root, or may be. */
function mayBeRoot(context: FileContext, user: string, byHand: boolean): boolean {
  if (/^\d+$/.test(user)) return false;
  return byHand || numberGiven(context, user) === "0";
}

/** Where it fails, its RUN does: nothing catches that, and nothing is mounted. */
function failsForCertain({ command, instruction }: RunCommand): boolean {
  return command.always && instruction.flags.length === 0 && !/[|;<!]|\bif\b/.test(instruction.body);
}

interface Made {
  /** Absolute. */
  readonly path: string;
  readonly sure: boolean;
}

/** What a command makes. */
function madeBy(run: RunCommand, context: FileContext): readonly Made[] {
  const { program, args, folder, stage } = run;
  const words = args.map(({ value }) => value);
  if (folder === undefined || words.some((word) => word === undefined || /[$*?[{~]/.test(word))) return [];
  const paths = (words as string[]).filter((word) => !word.startsWith("-")).map((word) => posix.join(folder, word));
  const asUsual = words.every((word) => !word?.startsWith("-") || word === "-p");
  if (program === "touch" || program === "mkdir") return asUsual ? paths.map((path) => ({ path, sure: true })) : [];
  const [verb] = words;
  const installs = program === "npm" && (verb === "ci" || verb === "install" || verb === "i") && !words.includes("-g");
  if (!installs || words.some((word) => /^--(?:prefix|global|location)/.test(word ?? ""))) return [];
  // It makes node_modules in the folder that it runs in, where there is something to install (docs.npmjs.com, folders).
  const origin = context.view(stage).origin(posix.join(folder, "package.json"), run);
  const needed = origin.kind === "context" && context.project.packages?.get(origin.path);
  return [
    { path: posix.join(folder, "node_modules"), sure: needed !== undefined && needed !== false && needed.size > 0 },
  ];
}

/** An earlier step may have made a path already: a copy, or a command that names it or something below it. */
function mayBeThere(context: FileContext, stage: Stage, before: RunCommand, path: string): boolean {
  const { commands } = context.view(stage);
  const entered = stage.instructions.some(
    ({ keyword }, at) =>
      keyword === "WORKDIR" && at < before.at && within(path, stage.scope.workdir(at + 1) ?? path) !== undefined,
  );
  const named = commands
    .slice(0, commands.indexOf(before))
    .some(({ args, folder }) =>
      args.some(({ value }) => value !== undefined && within(path, posix.join(folder ?? "/", value)) !== undefined),
    );
  return (
    entered ||
    named ||
    copiesOf(stage, context.syntax.escape).some(({ at, target, sources, from, intoFolder }) => {
      if (at >= before.at || (target && within(target, path) === undefined && within(path, target) === undefined))
        return false;
      const name = target === undefined ? "" : (within(target, path) ?? "").split("/", 1)[0];
      // A file that is named, or a pattern of names, brings those alone.
      const byName = sources?.every(
        (each) => /[^/.]\.\w+$/.test(each) || (/[*?[]/.test(each) && !matchesPattern(each, name ?? "")),
      );
      return from !== undefined || !intoFolder || !byName;
    })
  );
}

/** Folders of every system that are root's, and stand empty. */
const OF_ROOT = new Set(["/", "/opt", "/srv", "/mnt"]);

/** While a folder surely is root's: behind one instruction, before another, and before a command of the stage. */
interface RootsTime {
  readonly from: number;
  readonly copied: number;
  readonly changed: number;
}

/** Of a folder that every system has, or that this stage's WORKDIR makes as root; undefined for any other. */
function rootsTime(context: FileContext, stage: Stage, folder: string): RootsTime | undefined {
  const image = context.image(stage);
  const ours = image && (image.role === "os" || ["node", "python", "rust", "ruby", "gcc"].includes(image.name));
  const from = OF_ROOT.has(folder) ? -1 : madeByWorkdir(context, stage, folder);
  if (!ours || stage.base.kind !== "image" || from === undefined) return undefined;
  const copy = copiesOf(stage, context.syntax.escape).find(
    ({ target, instruction }) =>
      (!target || within(target, folder) !== undefined) && instruction.flags.some(({ name }) => name !== "from"),
  );
  const changed = context.view(stage).commands.findIndex((run) => !leavesOwner(run, folder));
  return {
    from,
    copied: copy?.at ?? Number.POSITIVE_INFINITY,
    changed: changed < 0 ? Number.POSITIVE_INFINITY : changed,
  };
}

/** The place of the first WORKDIR that names a folder which the base has not, where root runs it. */
function madeByWorkdir(context: FileContext, stage: Stage, folder: string): number | undefined {
  const first = stage.instructions.findIndex(
    ({ keyword }, at) => keyword === "WORKDIR" && stage.scope.workdir(at + 1) === folder,
  );
  const user = stage.scope.user(first) ?? "?";
  const fresh = context.base(stage).path(folder) === "absent";
  return first >= 0 && fresh && ["", "root", "0"].includes(user) ? first : undefined;
}

/** They change nobody's folder. */
const HARMLESS = new Set(
  "apt apt-get apk set echo export true printf mkdir touch pip pip3 npm yarn node groupadd addgroup curl wget cargo rm cd".split(
    " ",
  ),
);
/** They change that of the paths that they name. */
const OF_NAMED = new Set("chown chmod useradd adduser usermod install cp mv ln".split(" "));

function leavesOwner({ program = "", args, folder }: RunCommand, path: string): boolean {
  if (HARMLESS.has(program)) return true;
  return (
    OF_NAMED.has(program) &&
    args.every(({ value }) => {
      if (value === undefined || /[$*?[{~]/.test(value) || (path !== "/" && value.includes(path))) return false;
      return within(posix.join(folder ?? "/", value), path) === undefined;
    })
  );
}
