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
  const { commands } = context.view(stage);
  for (const run of commands) {
    const user = run.stage === stage ? userAt(stage, run.at) : "";
    if (user === "" || found.has(run.at) || run.via || !failsForCertain(run)) continue;
    const folder = madeIn(run).find((each) => belongsToRoot(context, stage, run, each));
    if (folder !== undefined) found.set(run.at, { run, user, folder });
  }
  return [...found.values()];
}

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

/** A folder that is root's when the command runs: one of every system, or one that this stage's WORKDIR has made as root. */
function belongsToRoot(context: FileContext, stage: Stage, before: RunCommand, folder: string): boolean {
  const image = context.image(stage);
  const ours = image && (image.role === "os" || ["node", "python", "rust", "ruby", "gcc"].includes(image.name));
  if (!ours || stage.base.kind !== "image") return false;
  if (!OF_ROOT.has(folder) && !madeByWorkdir(stage, before.at, folder)) return false;
  const copied = copiesOf(stage, context.syntax.escape).some(
    ({ at, target, instruction }) =>
      at < before.at &&
      (!target || within(target, folder) !== undefined) &&
      instruction.flags.some(({ name }) => name !== "from"),
  );
  const { commands } = context.view(stage);
  return !copied && commands.slice(0, commands.indexOf(before)).every((run) => leavesOwner(run, folder));
}

/** The first WORKDIR that names the folder runs as root; top folders alone, for in others the base may have one. */
function madeByWorkdir(stage: Stage, before: number, folder: string): boolean {
  const first = stage.instructions.findIndex(
    ({ keyword }, at) => keyword === "WORKDIR" && stage.scope.workdir(at + 1) === folder,
  );
  const user = stage.scope.user(first) ?? "?";
  const own = /^\/(?!(?:bin|boot|dev|etc|home|lib\w*|media|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|go)$)[^/]+$/;
  return first >= 0 && first < before && own.test(folder) && ["", "root", "0"].includes(user);
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
