import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { stageNamed } from "../model/reach";
import type { Build, RunCommand } from "../toolchains/toolchain";
import type { FileContext } from "./context";
import { type Copy, copiesOf, originOf, within } from "./copies";
import { type Effect, effectOf } from "./effects";
import { journeyOf } from "./moves";

/** Whether a path exists at the end of a stage. */
export type Presence =
  /** A step makes it, or something below it; `build` is the build whose program it is, in its own stage at `artifact`. */
  | { readonly kind: "there"; readonly made?: MadeBy }
  /** No step can have made it, and the base has none. */
  | { readonly kind: "absent" }
  /** Some step may have made it: a script, a download, a folder that was not seen. */
  | { readonly kind: "unknown" };

export interface MadeBy {
  readonly build: Build;
  readonly stage: Stage;
  readonly artifact: string;
}

const THERE: Presence = { kind: "there" };
const ABSENT: Presence = { kind: "absent" };
const UNKNOWN: Presence = { kind: "unknown" };

/** Copies of copies of copies: beyond these nothing is followed. */
const MAX_DEPTH = 32;

/** What each stage makes, looked up path by path. The later step wins. */
export class Files {
  private readonly known = new Map<string, Presence>();
  private readonly stages = new Map<Stage, StageFiles>();

  constructor(private readonly context: FileContext) {}

  /** Whether `path`, absolute, is there at the end of a stage. */
  presence(stage: Stage, path: string, depth = 0): Presence {
    if (depth > MAX_DEPTH || lineage(stage).length > MAX_DEPTH) return UNKNOWN;
    const key = `${stage.index} ${path}`;
    const known = this.known.get(key);
    if (known) return known;
    // A stage that copies from itself, by a name that is not a stage's yet, has no answer.
    this.known.set(key, UNKNOWN);
    const found = this.lookUp(stage, path, depth);
    this.known.set(key, found);
    return found;
  }

  private lookUp(stage: Stage, path: string, depth: number): Presence {
    const made = this.steps(stage, path, depth);
    return made.kind === "absent" ? { kind: this.context.base(stage).path(path) } : made;
  }

  /** The same before an instruction of the stage: what a RUN there finds. */
  presenceBefore(stage: Stage, at: number, path: string): Presence {
    const made = this.steps(stage, path, 0, at);
    return made.kind === "absent" ? { kind: this.context.base(stage).path(path) } : made;
  }

  /** Nothing can have made it, and the base has none. The base is asked first: its answer costs nothing. */
  isAbsent(stage: Stage, path: string): boolean {
    if (this.context.base(stage).path(path) !== "absent") return false;
    return this.presence(stage, path).kind === "absent";
  }

  /** Whether a step of a stage, or of those it stands on, makes a path, whatever the base image holds. */
  steps(stage: Stage, path: string, depth = 0, before = stage.instructions.length): Presence {
    if (lineage(stage).length > MAX_DEPTH) return UNKNOWN;
    let doubt = false;
    for (const each of [...lineage(stage)].reverse()) {
      const files = this.filesOf(each);
      const end = each === stage ? before : each.instructions.length;
      for (let at = end - 1; at >= 0; at--) {
        const answer = this.step(files, at, path, depth);
        if (answer.kind === "there") return answer;
        doubt ||= answer.kind === "unknown";
      }
    }
    return doubt ? UNKNOWN : ABSENT;
  }

  private filesOf(stage: Stage): StageFiles {
    const known = this.stages.get(stage);
    if (known) return known;
    const commands = new Map<number, RunCommand[]>();
    for (const run of this.context.view(stage).commands) {
      if (run.stage !== stage) continue;
      const there = commands.get(run.at);
      if (there) there.push(run);
      else commands.set(run.at, [run]);
    }
    const builds = new Map(this.context.builds(stage).map((build) => [build.run, build]));
    const copies = new Map(copiesOf(stage, this.context.syntax.escape).map((copy) => [copy.at, copy]));
    const files = { stage, commands, builds, copies };
    this.stages.set(stage, files);
    return files;
  }

  private step(files: StageFiles, at: number, path: string, depth: number): Presence {
    const { stage } = files;
    const instruction = stage.instructions[at];
    switch (instruction?.keyword) {
      case "WORKDIR": {
        const folder = stage.scope.workdir(at + 1);
        return folder === undefined ? UNKNOWN : isAtOrBelow(folder, path) ? THERE : ABSENT;
      }
      case "COPY":
      case "ADD": {
        const copy = files.copies.get(at);
        return copy ? this.copied(files, copy, path, depth) : UNKNOWN;
      }
      case "RUN":
        return this.ran(files, at, path);
      case "VOLUME":
      case "ONBUILD":
        return instruction.body.includes(path) ? UNKNOWN : ABSENT;
      default:
        return ABSENT;
    }
  }

  private copied({ stage }: StageFiles, copy: Copy, path: string, depth: number): Presence {
    const { target, sources, from } = copy;
    if (target === undefined) return UNKNOWN;
    const below = within(target, path);
    if (below === undefined) return isAtOrBelow(target, path) ? THERE : ABSENT;
    if (copy.instruction.heredocs.length > 0) return below === "" ? THERE : UNKNOWN;
    if (!sources || mayUnpack(copy)) return UNKNOWN;
    if (from === undefined) {
      const origin = originOf([copy], path, Number.POSITIVE_INFINITY, this.context.project);
      return origin.kind === "context" ? THERE : origin.kind === "none" ? ABSENT : UNKNOWN;
    }
    const source = stageNamed(this.context.model, stage, from);
    return source ? this.copiedFrom(source, copy, below, path, depth) : UNKNOWN;
  }

  /** A source may be a file that comes to stand at the target or in it, or a folder whose content does. */
  private copiedFrom(source: Stage, copy: Copy, below: string, path: string, depth: number): Presence {
    const { target = "/", sources = [] } = copy;
    let doubt = false;
    for (const each of sources) {
      if (/[*?[]/.test(each)) {
        doubt = true;
        continue;
      }
      const from = posix.join("/", each);
      const asFile = path === posix.join(target, posix.basename(from)) || (!copy.intoFolder && below === "");
      const answers = [
        ...(asFile ? [this.presence(source, from, depth + 1)] : []),
        ...(below === "" && !copy.intoFolder ? [] : [this.presence(source, posix.join(from, below), depth + 1)]),
      ];
      const there = answers.find(({ kind }) => kind === "there");
      if (there) return there;
      // A source that is not there at all stops the build: what would come of it is not the question.
      doubt ||=
        answers.some(({ kind }) => kind === "unknown") || this.presence(source, from, depth + 1).kind !== "there";
    }
    return doubt ? UNKNOWN : below === "" && copy.intoFolder ? THERE : ABSENT;
  }

  private ran({ stage, commands, builds }: StageFiles, at: number, path: string): Presence {
    const own = commands.get(at);
    const moved = own && this.movedTo(stage, own, path);
    if (moved) return moved;
    // A script that could not be read, or of another shell.
    if (!own) return UNKNOWN;
    let doubt = false;
    for (const run of own) {
      const build = builds.get(run);
      const answer = build ? this.built(build, stage, path) : effectOf(run, path);
      if (typeof answer === "object") return answer;
      if (answer === "there") return THERE;
      doubt ||= answer === "unknown";
    }
    return doubt ? UNKNOWN : ABSENT;
  }

  /** A program that one of the commands has put at the path, and that is there at the end of the stage. */
  private movedTo(stage: Stage, commands: readonly RunCommand[], path: string): Presence | undefined {
    if (!commands.some(({ program }) => MOVES.has(program ?? ""))) return undefined;
    const view = this.context.view(stage);
    for (const build of this.context.builds(stage)) {
      if ("unknown" in build.artifacts || this.context.failure(build)) continue;
      const places = build.artifacts.known.flatMap((artifact) => journeyOf(build, artifact, view).places);
      if (places.some((place) => place.path === path && commands.includes(place.by)))
        return { kind: "there", made: { build, stage, artifact: path } };
    }
    return undefined;
  }

  private built(build: Build, stage: Stage, path: string): Presence | Effect {
    if ("unknown" in build.artifacts || this.context.failure(build)) return "unknown";
    const artifact = build.artifacts.known.find((each) => each === path);
    if (artifact !== undefined) return { kind: "there", made: { build, stage, artifact } };
    return build.artifacts.known.some((each) => isAtOrBelow(each, path)) ? "there" : "absent";
  }
}

/** They may put a program elsewhere. */
const MOVES = new Set(["mv", "cp", "install", "ln"]);

interface StageFiles {
  readonly stage: Stage;
  readonly commands: ReadonlyMap<number, readonly RunCommand[]>;
  readonly builds: ReadonlyMap<RunCommand, Build>;
  readonly copies: ReadonlyMap<number, Copy>;
}

/** ADD unpacks archives and fetches what has an address. */
function mayUnpack({ instruction, sources = [] }: Copy): boolean {
  return (
    instruction.keyword === "ADD" &&
    sources.some((source) => /\.(?:tar|t?gz|tgz|bz2|t?xz|zst)\b|:\/\/|^git@/.test(source))
  );
}

function isAtOrBelow(path: string, folder: string): boolean {
  return within(folder, path) !== undefined;
}
