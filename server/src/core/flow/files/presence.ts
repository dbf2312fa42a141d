import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { stageNamed } from "../../model/reach";
import { eachOf } from "../changes/changed";
import { copied } from "../changes/copied";
import { ABSENT, Doubt, MAYBE, type Presence, type Said, UNKNOWN, type World } from "../changes/said";
import type { FileContext } from "../context";
import { within } from "./copies";
import { Links } from "./links";
import { StepIndex } from "./step-index";
import { type Step, stepsOf } from "./steps";

export type { MadeBy, Maker, Presence } from "../changes/said";

/** Copies of copies of copies: beyond these nothing is followed. */
const MAX_DEPTH = 32;
/** Nor beyond so many steps looked at for one file: no person's file asks for as many. */
const MAX_LOOKS = 100_000;

/** What each stage makes, looked up path by path, backwards: the later step wins. */
export class Files {
  private readonly known = new Map<string, Presence>();
  private readonly steps = new Map<Stage, readonly Step[]>();
  private readonly indices = new Map<Stage, StepIndex>();
  private readonly sources = new Map<Stage, readonly Stage[]>();
  private readonly links = new Map<Stage, Links>();
  private looks = 0;

  constructor(private readonly context: FileContext) {}

  /** Whether `path`, absolute, is there at the end of a stage. */
  presence(stage: Stage, path: string): Presence {
    return this.byAnyName(stage, path, undefined, 0);
  }

  /** The same before an instruction of the stage: what a RUN there finds. */
  presenceBefore(stage: Stage, at: number, path: string): Presence {
    const steps = this.stepsOf(stage);
    const limit = steps.findIndex((step) => step.at >= at);
    return this.byAnyName(stage, path, limit < 0 ? undefined : limit, 0);
  }

  /** Nothing can have made it, and the base has none. The base is asked first: its answer costs nothing. */
  isAbsent(stage: Stage, path: string): boolean {
    return this.context.base(stage).path(path) === "absent" && this.presence(stage, path).kind === "absent";
  }

  /** Whether a step of a stage, or of those it stands on, makes a path, whatever the base image holds. */
  madeBySteps(stage: Stage, path: string): Presence {
    if (lineage(stage).length > MAX_DEPTH) return UNKNOWN;
    const doubt = new Doubt();
    for (const each of [...lineage(stage)].reverse()) {
      const said = doubt.take(this.walk(each, path, this.stepsOf(each).length, 0), true);
      if (said) return said.says === "there" ? said.presence : said.says === "gone" ? ABSENT : UNKNOWN;
    }
    return doubt.made ? UNKNOWN : ABSENT;
  }

  /** The place of the first COPY or ADD of a stage that may bring a path, whatever other steps do. */
  copiedAt(stage: Stage, path: string): number | undefined {
    return this.stepsOf(stage).find((step, index) => {
      const isCopy = step.copy !== undefined || /^(?:COPY|ADD)$/.test(step.instruction.keyword);
      const target = step.copy?.target ?? "/";
      const said = isCopy && within(target, path) !== undefined ? this.said(stage, step, index, path, 0) : undefined;
      return said?.says === "open" ? said.made : said !== undefined && said.says !== "gone";
    })?.at;
  }

  private stepsOf(stage: Stage): readonly Step[] {
    const steps = this.steps.get(stage) ?? stepsOf(this.context, stage);
    this.steps.set(stage, steps);
    return steps;
  }

  private linksOf(stage: Stage): Links {
    const links = this.links.get(stage) ?? new Links(this.stepsOf(stage));
    this.links.set(stage, links);
    return links;
  }

  /** The stages that a stage copies from. */
  private sourcesOf(stage: Stage): readonly Stage[] {
    const { model } = this.context;
    const names = () => new Set(this.stepsOf(stage).flatMap(({ copy }) => copy?.from ?? []));
    const sources = this.sources.get(stage) ?? [...names()].flatMap((name) => stageNamed(model, stage, name) ?? []);
    this.sources.set(stage, sources);
    return sources;
  }

  private indexOf(stage: Stage): StepIndex {
    const index = this.indices.get(stage) ?? new StepIndex(this.stepsOf(stage));
    this.indices.set(stage, index);
    return index;
  }

  /** Absent is what no other name of the path brings either: that of a link of the system, or of one that the file makes. */
  private byAnyName(stage: Stage, path: string, limit: number | undefined, depth: number): Presence {
    const found = this.at(stage, path, limit, depth);
    if (found.kind !== "absent") return found;
    if (this.reachedByLink(stage, path, limit)) return UNKNOWN;
    const other = lineage(stage)[0]?.base.kind === "scratch" ? undefined : sameFolder(path);
    // /bin is a link to /usr/bin in some systems, and a folder of its own in others.
    return other === undefined || this.at(stage, other, limit, depth).kind === "absent" ? found : UNKNOWN;
  }

  /** A link leads to a folder above the path, and a later step writes by the name of the link. */
  private reachedByLink(stage: Stage, path: string, limit: number | undefined): boolean {
    const stages = lineage(stage);
    const names = new Set([path]);
    for (const name of names) {
      for (const [level, each] of stages.entries()) {
        for (const { alias, step } of this.linksOf(each).to(name)) {
          names.add(alias);
          const isWritten = stages.slice(level).some((later) => {
            const end = later === stage && limit !== undefined ? limit : this.stepsOf(later).length;
            const steps = this.indexOf(later).concerning(alias, end);
            return steps.some((at) => later !== each || at > step);
          });
          if (isWritten || names.size > MAX_DEPTH) return true;
        }
      }
    }
    // A copy of a whole folder brings the links in it.
    return stages.some((each) => this.sourcesOf(each).some((source) => this.linksOf(source).to(path).length > 0));
  }

  /** Before step `limit` of a stage, or at its end. */
  at(stage: Stage, path: string, limit: number | undefined, depth: number): Presence {
    if (depth > MAX_DEPTH || lineage(stage).length > MAX_DEPTH || this.looks > MAX_LOOKS) return UNKNOWN;
    const key = `${stage.index} ${limit ?? "end"} ${path}`;
    const known = this.known.get(key);
    if (known) return known;
    // A stage that copies from itself, by a name that is not a stage's yet, has no answer.
    this.known.set(key, UNKNOWN);
    const found = this.lookUp(stage, path, limit ?? this.stepsOf(stage).length, depth);
    this.known.set(key, found);
    return found;
  }

  private lookUp(stage: Stage, path: string, limit: number, depth: number): Presence {
    const said = this.walk(stage, path, limit, depth);
    if (said?.says === "there") return said.presence;
    if (said?.says === "gone") return ABSENT;
    if (said?.says === "unknown") return UNKNOWN;
    const { base } = stage;
    const below: Presence =
      base.kind === "stage"
        ? this.at(base.stage, path, undefined, depth + 1)
        : { kind: this.context.base(stage).path(path) };
    if (below.kind === "there") return said?.gone ? UNKNOWN : said?.made ? { ...below, rewritten: true } : below;
    return said?.made ? UNKNOWN : below;
  }

  /** The steps of a stage alone, from the last one back. */
  private walk(stage: Stage, path: string, limit: number, depth: number): Said {
    const steps = this.stepsOf(stage);
    const doubt = new Doubt();
    for (const index of this.indexOf(stage).concerning(path, limit)) {
      this.looks++;
      const step = steps[index] as Step;
      const said = doubt.take(this.said(stage, step, index, path, depth), step.always);
      if (said) return said;
    }
    return doubt.said;
  }

  private said(stage: Stage, step: Step, index: number, path: string, depth: number): Said {
    const mount = step.mounts.find((folder) => within(folder, path) !== undefined);
    if (mount !== undefined) return mount === path ? MAYBE : undefined;
    const world = this.world(stage, step, index, depth);
    if (step.copy) return copied(world, step.copy, path);
    return eachOf(world, step.changes, path);
  }

  private world(stage: Stage, step: Step, index: number, depth: number): World {
    return {
      context: this.context,
      stage,
      step,
      before: (other) =>
        step.mounts.some((folder) => within(folder, other) !== undefined)
          ? this.inMount(stage, other, index, depth + 1)
          : this.byAnyName(stage, other, index, depth + 1),
      end: (other, otherPath) => this.byAnyName(other, otherPath, undefined, depth + 1),
    };
  }

  /** What the commands before a step have put below a mount of their RUN; what else a mount holds is unknown. */
  private inMount(stage: Stage, path: string, index: number, depth: number): Presence {
    const steps = this.stepsOf(stage);
    if (depth > MAX_DEPTH) return UNKNOWN;
    for (let at = index - 1; at >= 0 && steps[at]?.instruction === steps[index]?.instruction; at--) {
      if (this.looks++ > MAX_LOOKS) return UNKNOWN;
      const step = steps[at] as Step;
      const said = eachOf(this.world(stage, step, at, depth), step.changes, path);
      if (said) return said.says === "there" && step.always ? said.presence : UNKNOWN;
    }
    return UNKNOWN;
  }
}

/** Folders that are links to one another in some systems. */
const LINKED: readonly (readonly [string, string])[] = [
  ["/bin/", "/usr/bin/"],
  ["/sbin/", "/usr/sbin/"],
  ["/lib/", "/usr/lib/"],
  ["/lib64/", "/usr/lib64/"],
  ["/var/run/", "/run/"],
];

function sameFolder(path: string): string | undefined {
  for (const [one, other] of LINKED) {
    if (path.startsWith(one)) return other + path.slice(one.length);
    if (path.startsWith(other)) return one + path.slice(other.length);
  }
  return undefined;
}
