import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { matchesPattern, posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import { groupBy } from "../../text/group";
import { rememberedBeside } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { type Copy, copiesOf, originOf, within } from "./copies";
import { readMove } from "./moves";

/** What a trace has found: the answer of the command that made the file, and how certain the way to it is. */
export interface Found<T> {
  readonly made: T;
  readonly run: RunCommand;
  /** The stage that runs the command. */
  readonly stage: Stage;
  /** No step on the way may have put another file there. */
  readonly sure: boolean;
}

/** Copies of copies of copies, stages on stages on stages: beyond so many nothing is followed. */
const MAX_STEPS = 64;

/**
 * Goes back from a file at the end of a stage, through COPY --from and through `cp`, `mv`, `ln` and `install`, to the
 * command that made it: the latest for which `makes` has an answer. Undefined where no such command is met.
 */
export function traceFile<T>(
  context: FileContext,
  stage: Stage,
  path: string,
  makes: (run: RunCommand, path: string) => T | undefined,
): Found<T> | undefined {
  return new Trace(context, makes).back(stage, path, true);
}

class Trace<T> {
  private steps = 0;

  constructor(
    private readonly context: FileContext,
    private readonly makes: (run: RunCommand, path: string) => T | undefined,
  ) {}

  back(stage: Stage, path: string, sure: boolean): Found<T> | undefined {
    if (++this.steps > MAX_STEPS) return undefined;
    const stages = lineage(stage);
    if (stages.length > MAX_STEPS) return undefined;
    for (const each of [...stages].reverse()) {
      const copies = new Map(copiesOf(each, this.context.syntax.escape).map((copy) => [copy.at, copy]));
      const commands = commandsAt(each, this.context);
      for (let at = each.instructions.length - 1; at >= 0; at--) {
        const copy = copies.get(at);
        const step = copy ? this.throughCopy(each, copy, path) : this.throughRun(commands.get(at) ?? [], path);
        if (step === undefined) continue;
        if (step.kind === "stop") return undefined;
        if (step.kind === "from") return this.first(step.stage, step.paths, sure);
        sure &&= step.sure;
        if (step.kind === "made") return { made: step.made, run: step.run, stage: each, sure };
        path = step.path;
      }
    }
    return undefined;
  }

  private first(stage: Stage, paths: readonly string[], sure: boolean): Found<T> | undefined {
    for (const path of paths) {
      const found = this.back(stage, path, sure);
      if (found) return found;
    }
    return undefined;
  }

  private throughCopy(stage: Stage, copy: Copy, path: string): Step<T> {
    const { target, sources, from } = copy;
    if (target === undefined || !sources) return { kind: "moved", path, sure: false };
    const below = within(target, path);
    if (below === undefined) return undefined;
    if (from === undefined) {
      const { kind } = originOf([copy], path, Number.POSITIVE_INFINITY, this.context.project);
      if (kind === "none") return undefined;
      return kind === "unknown" && sources.length > 0 ? { kind: "moved", path, sure: false } : { kind: "stop" };
    }
    const source = stageNamed(this.context.model, stage, from);
    const paths = sources.flatMap((each) => pathsBehind(posix.join("/", each), copy, target, below, path));
    return source && paths.length > 0 ? { kind: "from", stage: source, paths } : { kind: "stop" };
  }

  private throughRun(commands: readonly RunCommand[], path: string): Step<T> {
    let at = path;
    let doubt = false;
    for (const run of [...commands].reverse()) {
      const made = this.makes(run, at);
      if (made !== undefined) return { kind: "made", made, run, sure: !doubt };
      const move = mayMoveTo(run, at) ? readMove(run, this.context.view(run.stage)) : undefined;
      const source = move?.sources.find(
        (each) => (move.intoFolder ? posix.join(move.target, posix.basename(each)) : move.target) === at,
      );
      if (source !== undefined) at = source;
      else if (!move && replaces(run, at)) doubt = true;
    }
    return at === path && !doubt ? undefined : { kind: "moved", path: at, sure: !doubt };
  }
}

/** What may have come to stand at `path`: the source itself, what stands below it, or what its pattern matches. */
function pathsBehind(source: string, copy: Copy, target: string, below: string, path: string): readonly string[] {
  const folder = posix.dirname(source);
  const name = posix.basename(source);
  if (/[*?[]/.test(folder)) return [];
  if (/[*?[]/.test(name)) {
    // One file that is renamed, or some that keep their names.
    if (!copy.intoFolder) return below === "" ? [source] : [];
    return below.includes("/") || !matchesPattern(name, below) ? [] : [posix.join(folder, below)];
  }
  const asFile = path === posix.join(target, name) || (below === "" && !copy.intoFolder);
  const inFolder = below === "" ? [] : [posix.join(source, below)];
  return asFile ? [source, ...inFolder] : inFolder;
}

type Step<T> =
  | { readonly kind: "made"; readonly made: T; readonly run: RunCommand; readonly sure: boolean }
  /** It was at this path before; not sure where the step may have put another file there. */
  | { readonly kind: "moved"; readonly path: string; readonly sure: boolean }
  /** A copy of one of these. */
  | { readonly kind: "from"; readonly stage: Stage; readonly paths: readonly string[] }
  /** What came to stand there is from elsewhere. */
  | { readonly kind: "stop" }
  | undefined;

const MOVES = new Set(["mv", "cp", "install", "ln"]);
/** The last word of a command that moves is the file, or the folder that it comes to stand in; a quick look before a closer one. */
function mayMoveTo({ program = "", args, folder }: RunCommand, path: string): boolean {
  const last = args.at(-1)?.value;
  if (!MOVES.has(program) || last === undefined || folder === undefined) return false;
  const target = posix.join(folder, last);
  return target === path || target === posix.dirname(path);
}

/** They may name a file, and leave it what it is. */
const HARMLESS = new Set("chmod chown chgrp strip test [ ls file stat rm touch mkdir echo cat cd".split(" "));

/** A command that names the file, and may put another in its place. */
function replaces({ program = "", args, folder, command }: RunCommand, path: string): boolean {
  if (HARMLESS.has(program) && !command.output) return false;
  const name = posix.basename(path);
  return args.some(({ value }) => value?.endsWith(name) && posix.join(folder ?? "/", value) === path);
}

/** The commands of a stage's own instructions, by the place of the instruction. */
const commandsAt = rememberedBeside((stage: Stage, context: FileContext) =>
  groupBy(context.ownCommands(stage), ({ at }) => at),
);
