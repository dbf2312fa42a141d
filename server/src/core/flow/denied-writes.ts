import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import type { RunCommand } from "../toolchains/toolchain";
import type { FileContext } from "./context";
import { copiesOf, within } from "./copies";

/** A command of a RUN that surely fails, since its user may not write where it does. */
export interface DeniedWrite {
  readonly run: RunCommand;
  readonly user: string;
  /** The folder that is root's. */
  readonly folder: string;
}

/** The first command of each RUN of a stage that makes something in a folder of root's, and is not root. */
export function deniedWrites(context: FileContext, stage: Stage): readonly DeniedWrite[] {
  const found = new Map<number, DeniedWrite>();
  const times = new Map<string, RootsTime | undefined>();
  context.view(stage).commands.forEach((run, index) => {
    const user = run.stage === stage ? userAt(stage, run.at) : "";
    if (user === "" || found.has(run.at) || run.via || !failsForCertain(run)) return;
    for (const folder of madeIn(run)) {
      if (!times.has(folder))
        times.set(folder, times.size < MAX_FOLDERS ? rootsTime(context, stage, folder) : undefined);
      const time = times.get(folder);
      if (!time || run.at <= time.from || run.at >= time.copied || index >= time.changed) continue;
      found.set(run.at, { run, user, folder });
      return;
    }
  });
  return [...found.values()];
}

/** So many folders of a stage are looked into. */
const MAX_FOLDERS = 16;

/** "" is root, or not known. */
function userAt(stage: Stage, at: number): string {
  const user = stage.scope.user(at) ?? "";
  const [name = ""] = user.split(":", 1);
  return user.includes("$") || name === "root" || name === "0" ? "" : name;
}

/** Where it fails, its RUN does: nothing catches that, and nothing is mounted. */
function failsForCertain({ command, instruction }: RunCommand): boolean {
  return command.always && instruction.flags.length === 0 && !/[|;<]|\bif\b/.test(instruction.body);
}

/** The folders that a command makes something in, absolute. */
function madeIn({ program, args, folder }: RunCommand): readonly string[] {
  const words = args.map(({ value }) => value);
  if (folder === undefined || words.some((word) => word === undefined || /[$*?[{~]/.test(word))) return [];
  const paths = (words as string[]).filter((word) => !word.startsWith("-")).map((word) => posix.join(folder, word));
  const asUsual = words.every((word) => !word?.startsWith("-") || word === "-p");
  if (program === "touch" || program === "mkdir") return asUsual ? paths.map((path) => posix.dirname(path)) : [];
  const [verb] = words;
  // It makes node_modules in the folder that it runs in (docs.npmjs.com, folders).
  const installs = program === "npm" && (verb === "ci" || verb === "install" || verb === "i") && !words.includes("-g");
  return installs && !words.some((word) => /^--(?:prefix|global|location)/.test(word ?? "")) ? [folder] : [];
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
